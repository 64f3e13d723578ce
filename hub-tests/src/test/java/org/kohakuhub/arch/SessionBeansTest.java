package org.kohakuhub.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/** What both kinds of server ask of a session bean. */
@AnalyzeClasses(packages = "org.kohakuhub", importOptions = Delivered.class)
class SessionBeansTest {
    @ArchTest
    static final ArchRule stateless_beans_have_a_public_injected_constructor = constructors()
            .that()
            .areAnnotatedWith(Inject.class)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Stateless.class)
            .should()
            .bePublic()
            .because("Payara looks for it among the public ones, and the first call fails; WildFly does not mind");

    @ArchTest
    static final ArchRule singleton_beans_have_a_public_injected_constructor = constructors()
            .that()
            .areAnnotatedWith(Inject.class)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Singleton.class)
            .should()
            .bePublic()
            .because("Payara looks for it among the public ones, and the first call fails; WildFly does not mind");

    @ArchTest
    static final ArchRule timers_call_public_methods = methods()
            .that()
            .areAnnotatedWith(Schedule.class)
            .should()
            .bePublic()
            .because("Payara does not find another one's transaction attribute");

    @ArchTest
    static final ArchRule callbacks_have_names_of_their_own = methods()
            .that()
            .areAnnotatedWith(PostConstruct.class)
            .or()
            .areAnnotatedWith(PreDestroy.class)
            .or()
            .areAnnotatedWith(Schedule.class)
            .and()
            .areDeclaredInClassesThat(describe("are session beans", SessionBeansTest::isSessionBean))
            .should(have(describe(
                    "a name that no other method of the class has",
                    callback -> callback.getOwner().getMethods().stream()
                                    .filter(method -> method.getName().equals(callback.getName()))
                                    .count()
                            == 1)))
            .because("Payara looks for them by name, and which one it finds differs from start to start");

    @ArchTest
    static final ArchRule timers_are_of_beans_without_transactions = methods()
            .that()
            .areAnnotatedWith(Schedule.class)
            .and(describe("run in no transaction", method -> !runsInTransaction(method)))
            .should()
            .beDeclaredInClassesThat(describe(
                    "manage transactions themselves",
                    bean -> bean.isAnnotatedWith(TransactionManagement.class)
                            && bean.getAnnotationOfType(TransactionManagement.class)
                                            .value()
                                    == TransactionManagementType.BEAN))
            .because(
                    "Payara begins one for a timer of another bean, NOT_SUPPORTED or not: what a timer reads would hold"
                            + " SQLite's one writer, also across calls to the object store, and what it writes would wait for it");

    @ArchTest
    static final ArchRule timers_wait_for_the_migrations = methods()
            .that()
            .areAnnotatedWith(Schedule.class)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Singleton.class)
            .should()
            .beDeclaredInClassesThat(describe(
                    "depend on the migrations",
                    bean -> bean.isAnnotatedWith(DependsOn.class)
                            && List.of(bean.getAnnotationOfType(DependsOn.class).value())
                                    .contains("Migrations")))
            .because(
                    "Payara Micro lets timers begin before the beans of the start are done: the tables may be missing");

    @ArchTest
    static final ArchRule stateless_beans_are_public = classes()
            .that()
            .areAnnotatedWith(Stateless.class)
            .should()
            .bePublic()
            .because("a bean without an interface is called through a public class");

    @ArchTest
    static final ArchRule others_call_public_methods_only = noClasses()
            .should()
            .callMethodWhere(describe("a method of another session bean is not public", SessionBeansTest::isHidden))
            .because("a proxy refuses to call them when the hub runs; no unit test meets a proxy");

    @ArchTest
    static final ArchRule only_session_beans_bring_the_database_to_the_web = noClasses()
            .that()
            .resideInAnyPackage("org.kohakuhub.web..", "org.kohakuhub.githttp..")
            .should()
            .callMethodWhere(describe(
                    "a bean with an entity manager is no session bean", SessionBeansTest::looksForThePersistenceUnit))
            .because(
                    "Payara looks for the persistence unit where the call came from; that of the EJB module is known in"
                            + " session beans, not in the web module that called a plain bean");

    /** Payara's own subclass of a bean calls the injected constructor, with nulls. */
    @ArchTest
    static void constructors_of_session_beans_bear_nulls(JavaClasses classes) {
        List<String> failed = new ArrayList<>();
        for (JavaClass bean : classes) {
            if (isSessionBean(bean)) {
                bean.getConstructors().stream()
                        .filter(constructor -> constructor.isAnnotatedWith(Inject.class))
                        .forEach(constructor -> tryNulls(constructor.reflect(), failed));
            }
        }
        assertThat(failed).isEmpty();
    }

    private static void tryNulls(Constructor<?> constructor, List<String> failed) {
        try {
            constructor.newInstance(new Object[constructor.getParameterCount()]);
        } catch (ReflectiveOperationException | RuntimeException e) {
            failed.add(constructor.getDeclaringClass().getName() + ": " + e.getCause());
        }
    }

    private static boolean isSessionBean(JavaClass type) {
        return type.isAnnotatedWith(Stateless.class) || type.isAnnotatedWith(Singleton.class);
    }

    private static boolean runsInTransaction(JavaMethod method) {
        return method.isAnnotatedWith(TransactionAttribute.class)
                && method.getAnnotationOfType(TransactionAttribute.class).value() == TransactionAttributeType.REQUIRED;
    }

    private static boolean looksForThePersistenceUnit(JavaMethodCall call) {
        JavaClass bean = call.getTargetOwner();
        return bean.getFields().stream().anyMatch(field -> field.isAnnotatedWith(PersistenceContext.class))
                && !isSessionBean(bean);
    }

    private static boolean isHidden(JavaMethodCall call) {
        JavaClass bean = call.getTargetOwner();
        return isSessionBean(bean)
                && !call.getOriginOwner().isAssignableTo(bean.getName())
                && !call.getOriginOwner().getName().startsWith(bean.getName() + '$')
                && call.getTarget()
                        .resolveMember()
                        .filter(method -> !method.getModifiers().contains(JavaModifier.PUBLIC)
                                && !method.getModifiers().contains(JavaModifier.STATIC))
                        .isPresent();
    }
}
