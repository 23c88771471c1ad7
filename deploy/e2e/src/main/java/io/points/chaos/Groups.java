package io.points.chaos;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/** Who reads what. */
final class Groups {

    private final String bootstrap;

    Groups(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** True if others have all partitions, and this instance has none; false too while the broker does not answer. */
    boolean isWithout(String group, String instance) {
        try (var admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrap, "default.api.timeout.ms", "3000", "request.timeout.ms", "2000"))) {
            var members = admin.describeConsumerGroups(java.util.List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(3, TimeUnit.SECONDS)
                    .members();
            return members.stream().anyMatch(Groups::reads)
                    && members.stream()
                            .noneMatch(
                                    member -> reads(member) && member.clientId().startsWith(instance + "/"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static boolean reads(MemberDescription member) {
        return !member.assignment().topicPartitions().isEmpty();
    }
}
