package io.points.testing;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.points.platform.inbox.Inbox;
import io.points.platform.persistence.Coalescer;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a loop that is written as a {@link Uni} that calls itself: each turn would nest a subscriber, until the stack is full.
 * {@code Loop} and {@code Round} are what it should be. Calls within a class are looked at, those in its lambdas included.
 */
final class LoopRule extends ArchCondition<JavaMethod> {

    /** Where each turn halves what is left, or is the last: the depth is bounded by the size of a poll or group. */
    private static final Set<String> BOUNDED = Set.of(
            Inbox.class.getName() + ".apply",
            Inbox.class.getName() + ".isolate",
            Coalescer.class.getName() + ".answer",
            Coalescer.class.getName() + ".oneByOne");

    LoopRule() {
        super("not reach itself again");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        var name = method.getOwner().getName() + "." + method.getName();
        boolean loops = !BOUNDED.contains(name) && reachesItself(method);
        events.add(new SimpleConditionEvent(
                method, !loops, method.getFullName() + (loops ? " reaches itself again" : " ends")));
    }

    private static boolean reachesItself(JavaMethod method) {
        var seen = new HashSet<JavaCodeUnit>();
        var left = new ArrayDeque<JavaCodeUnit>();
        left.add(method);
        while (!left.isEmpty()) {
            for (var next : (Iterable<JavaCodeUnit>) called(left.remove())::iterator) {
                if (next.equals(method)) {
                    return true;
                }
                if (seen.add(next)) {
                    left.add(next);
                }
            }
        }
        return false;
    }

    private static Stream<JavaCodeUnit> called(JavaCodeUnit unit) {
        return Stream.concat(
                        unit.getCallsFromSelf().stream().flatMap(call -> call.getTarget().resolveMember().stream()),
                        unit.getMethodReferencesFromSelf().stream()
                                .flatMap(reference -> reference.getTarget().resolveMember().stream()))
                .filter(JavaCodeUnit.class::isInstance)
                .map(JavaCodeUnit.class::cast)
                .filter(called -> called.getOwner().equals(unit.getOwner()));
    }
}
