package io.points.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A tenant of the run.
 *
 * @param number 0 is the hot one
 * @param approverIds of managers who give nothing themselves, and decide about what others give
 * @param employees ids of those who are awarded
 * @param moody those of the employees who are deactivated and activated all the time
 * @param points what the pool is filled with at first
 */
record Company(
        int number,
        UUID id,
        UUID managerId,
        List<UUID> approverIds,
        UUID leadId,
        List<UUID> employees,
        List<UUID> moody,
        long points) {

    private static final int EMPLOYEES = 60;
    private static final int APPROVERS = 2;
    private static final int MOODY = 6;

    /** @param points what the pool is filled with; too few for all awards makes some of them refused */
    static Company of(int number, long points, SplittableRandom random) {
        var employees = new ArrayList<UUID>();
        for (int i = 0; i < EMPLOYEES; i++) {
            employees.add(uuid(random));
        }
        return new Company(
                number,
                uuid(random),
                uuid(random),
                IntStream.range(0, APPROVERS).mapToObj(i -> uuid(random)).toList(),
                uuid(random),
                List.copyOf(employees),
                List.copyOf(employees.subList(0, MOODY)),
                points);
    }

    /** A version 4 UUID of the seed's choice. */
    static UUID uuid(SplittableRandom random) {
        return new UUID(
                random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L,
                random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }

    String manager() {
        return "chaos-manager-" + number;
    }

    /** Those of {@link #approverIds}, in their order. */
    List<String> approvers() {
        return IntStream.range(0, APPROVERS)
                .mapToObj(i -> "chaos-approver-" + number + "-" + i)
                .toList();
    }

    String lead() {
        return "chaos-lead-" + number;
    }
}
