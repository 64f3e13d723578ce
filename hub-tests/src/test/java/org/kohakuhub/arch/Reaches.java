package org.kohakuhub.arch;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The method, or one of its own class that it calls, calls a class. That every branch does so is not seen. */
final class Reaches extends ArchCondition<JavaMethod> {
    private final Class<?> wanted;

    Reaches(Class<?> wanted) {
        super("call " + wanted.getSimpleName() + ", directly or through a method of their own class");
        this.wanted = wanted;
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        events.add(new SimpleConditionEvent(
                method, reaches(method), method.getDescription() + " does not call " + wanted.getSimpleName()));
    }

    private boolean reaches(JavaMethod method) {
        Set<JavaCodeUnit> seen = new HashSet<>(Set.of(method));
        Deque<JavaCodeUnit> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.remove();
            for (var access : unit.getAccessesFromSelf()) {
                if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
                    continue;
                }
                if (target.getOwner().isEquivalentTo(wanted)) {
                    return true;
                }
                if (target.getOwner().equals(method.getOwner())) {
                    target.resolveMember().filter(seen::add).ifPresent(open::add);
                }
            }
        }
        return false;
    }
}
