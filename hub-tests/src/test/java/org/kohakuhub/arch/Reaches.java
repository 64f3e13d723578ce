package org.kohakuhub.arch;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The method, or one of its own class that it calls, calls one of these classes. That every branch does so is not seen. */
final class Reaches extends ArchCondition<JavaMethod> {
    private final List<Class<?>> wanted;

    Reaches(Class<?>... wanted) {
        super("call " + names(wanted) + ", directly or through a method of their own class");
        this.wanted = List.of(wanted);
    }

    private static String names(Class<?>... classes) {
        return Arrays.stream(classes).map(Class::getSimpleName).collect(Collectors.joining(" or "));
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        events.add(new SimpleConditionEvent(
                method, reaches(method), method.getDescription() + " does not " + getDescription()));
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
                if (wanted.stream().anyMatch(target.getOwner()::isEquivalentTo)) {
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
