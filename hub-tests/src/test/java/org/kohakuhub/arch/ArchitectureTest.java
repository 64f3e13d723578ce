package org.kohakuhub.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.AdminDoor;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.config.ConfigProducer;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.repo.RefGuard;
import org.kohakuhub.version.HistoryEdits;
import org.kohakuhub.version.VersionStore;

/** Which room of the house may know which other: {@code docs/architecture.md}, section 3. */
@AnalyzeClasses(packages = "org.kohakuhub", importOptions = Delivered.class)
class ArchitectureTest {
    private static final String[] HTTP = {"org.kohakuhub.web..", "org.kohakuhub.githttp.."};

    @ArchTest
    static final ArchRule common_knows_nobody = classes()
            .that()
            .resideInAPackage("org.kohakuhub.common..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.kohakuhub.common..").or(type(ApplicationException.class)))
            .because("values and errors are what all others build on; the annotation makes an error roll back");

    @ArchTest
    static final ArchRule xet_formats_are_bytes_only = classes()
            .that()
            .resideInAPackage("org.kohakuhub.xet.format..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "org.kohakuhub.common..", "org.kohakuhub.xet.format..", "net.jpountz.."))
            .allowEmptyShould(true)
            .because("a format can be proven byte by byte where no server and no store is involved");

    @ArchTest
    static final ArchRule features_form_no_cycle = slices().matching("org.kohakuhub.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what lies above is told by a CDI event that the lower one declares");

    @ArchTest
    static final ArchRule services_and_stores_know_no_http = noClasses()
            .that()
            .resideOutsideOfPackages(HTTP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..")
            .because("a rule must hold for the API, for git and for a background job alike");

    @ArchTest
    static final ArchRule resources_know_no_store = noClasses()
            .that()
            .resideInAnyPackage(HTTP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..", "software.amazon.awssdk..")
            .because("authorization lives in the service between them");

    @ArchTest
    static final ArchRule jgit_internals_stay_in_the_git_store = noClasses()
            .that()
            .resideOutsideOfPackage("org.kohakuhub.version.git..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit.internal..")
            .because("they change from one version of JGit to the next");

    @ArchTest
    static final ArchRule jgit_stays_in_version_store_and_git_servlet = noClasses()
            .that()
            .resideOutsideOfPackages("org.kohakuhub.version..", "org.kohakuhub.githttp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..")
            .because("services speak of commits and trees in the hub's own words");

    @ArchTest
    static final ArchRule the_aws_sdk_stays_in_the_object_store = noClasses()
            .that()
            .resideOutsideOfPackage("org.kohakuhub.object..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("the store is S3 in one place only");

    @ArchTest
    static final ArchRule entities_are_package_private = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate()
            .because("records leave the service layer, rows do not");

    @ArchTest
    static final ArchRule stateless_beans_have_no_mutable_field = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Stateless.class)
            .and()
            .areNotAnnotatedWith(PersistenceContext.class)
            .should()
            .beFinal()
            .because("the next call may meet another instance; the container alone sets the entity manager");

    @ArchTest
    static final ArchRule stateless_beans_keep_nothing_between_calls = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Stateless.class)
            .and()
            .areNotStatic()
            .should()
            .haveRawType(not(aContainerOfThings()))
            .because("a collection in a final field is a mutable field in disguise; caches have a bean of their own");

    @ArchTest
    static final ArchRule time_comes_from_the_injected_clock = noClasses()
            .that()
            .doNotBelongToAnyOf(ConfigProducer.class) // makes the one that is injected
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethodWhere(theMachinesClockIsAsked())
            .because("a test must be able to say what time it is");

    @ArchTest
    static final ArchRule randomness_is_not_predictable = noClasses()
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(Random.class, long.class)
            .orShould()
            .callMethod(Math.class, "random")
            .because("what is random here names or guards something; jitter takes ThreadLocalRandom");

    @ArchTest
    static final ArchRule the_log_is_the_only_output = noClasses()
            .should(ACCESS_STANDARD_STREAMS)
            .because("an operator filters and ships the log, and a server's standard output is nobody's");

    @ArchTest
    static final ArchRule use_cases_ask_the_access_policy = methods()
            .that()
            .arePublic()
            .and()
            .haveRawParameterTypes(aCallerAmongThem())
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Stateless.class)
            .and()
            .areNotDeclaredIn(AccessPolicy.class)
            .and()
            // lies below the policy, and gives each caller what is his own: his account, his sessions, his tokens
            .areDeclaredInClassesThat(not(resideInAPackage("org.kohakuhub.account..")))
            .should(new Reaches(AccessPolicy.class, WriteAccess.class, AdminDoor.class))
            .because("nobody else decides who may do what, and no way in goes around it");

    @ArchTest
    static final ArchRule write_access_asks_the_access_policy = methods()
            .that()
            .areDeclaredIn(WriteAccess.class)
            .and()
            .haveRawReturnType(RepoKey.class)
            .should(new Reaches(AccessPolicy.class))
            .because("it adds to the policy only that a pull request is its author's");

    @ArchTest
    static final ArchRule the_administrators_door_asks_the_access_policy = methods()
            .that()
            .areDeclaredIn(AdminDoor.class)
            .and()
            .haveRawParameterTypes(Caller.class)
            .should(new Reaches(AccessPolicy.class))
            .because("it adds to the policy only that the door may be closed");

    @ArchTest
    static final ArchRule what_moves_refs_asks_their_guard = classes()
            .that(movingRefs())
            .and()
            .doNotHaveSimpleName("PullRequestService") // makes refs/pr/..., which no rule is about
            .should()
            .dependOnClassesThat(type(RefGuard.class))
            .because("protected branches and tags are protected at every door");

    private static DescribedPredicate<JavaClass> movingRefs() {
        Set<String> moves = Set.of("write", "createRef", "deleteRef");
        return describe(
                "move refs",
                type -> !type.getPackageName().startsWith("org.kohakuhub.version")
                        && type.getMethodCallsFromSelf().stream()
                                .map(JavaMethodCall::getTarget)
                                .anyMatch(called -> called.getOwner().isEquivalentTo(HistoryEdits.class)
                                                && !called.getName().equals("conflicts")
                                        || called.getOwner().isEquivalentTo(VersionStore.class)
                                                && moves.contains(called.getName())));
    }

    private static DescribedPredicate<JavaClass> aContainerOfThings() {
        return describe(
                "a collection, an array or a variable",
                type -> type.isArray()
                        || type.isAssignableTo(Collection.class)
                        || type.isAssignableTo(Map.class)
                        || type.getPackageName().startsWith("java.util.concurrent"));
    }

    private static DescribedPredicate<JavaMethodCall> theMachinesClockIsAsked() {
        return describe("the machine's clock is asked", call -> {
            MethodCallTarget asked = call.getTarget();
            boolean now = asked.getName().equals("now")
                    && asked.getRawParameterTypes().stream().noneMatch(assignableTo(Clock.class));
            boolean inTime = asked.getOwner().getPackageName().equals("java.time");
            return inTime && (now || asked.getName().startsWith("system"));
        });
    }

    private static DescribedPredicate<List<JavaClass>> aCallerAmongThem() {
        return describe("with a Caller", types -> types.stream().anyMatch(type(Caller.class)));
    }
}
