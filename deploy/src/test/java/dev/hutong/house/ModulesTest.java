package dev.hutong.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The six modules and what each may depend on; docs/architecture.md draws it. */
@AnalyzeClasses(packages = "dev.hutong", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    private static final String MAPPING = "dev.hutong.mapping..";
    private static final String REGISTRY = "dev.hutong.registry..";
    private static final String PROVINCE = "dev.hutong.province..";
    private static final String HUB = "dev.hutong.hub..";
    private static final String CONFORMANCE = "dev.hutong.conformance..";
    private static final String CLI = "dev.hutong.cli..";
    private static final String VERTX = "io.vertx..";

    private static final Pattern WALL_CLOCK =
            Pattern.compile("java\\.lang\\.System#currentTimeMillis|java\\.util\\.Date#<init>|"
                    + "java\\.time\\.(Clock|InstantSource)#(system|tick).*|java\\.time\\.\\w+#now");

    /** Were the class files not understood, every rule below would hold of nothing. */
    @ArchTest
    static void everyModuleIsThereWithItsClassesAndWhatTheyDependOn(JavaClasses all) {
        for (String module : List.of(MAPPING, REGISTRY, PROVINCE, HUB, CONFORMANCE, CLI)) {
            assertThat(all.that(are(resideInAnyPackage(module)))).as(module).hasSizeGreaterThan(10);
        }
        assertThat(all.get("dev.hutong.hub.Hub").getDirectDependenciesFromSelf())
                .anyMatch(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith("io.vertx"));
        assertThat(all.get("dev.hutong.cli.ServeCommand").getMethodCallsFromSelf())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(InstantSource.class));
    }

    @ArchTest
    static final ArchRule mappingRulesStandAlone = noClasses()
            .that()
            .resideInAPackage(MAPPING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(REGISTRY, PROVINCE, HUB, CONFORMANCE, CLI)
            .because("what a native status means depends on nobody who asks");

    @ArchTest
    static final ArchRule mappingRulesHaveNoNetworkAndNoCryptography = noClasses()
            .that()
            .resideInAPackage(MAPPING)
            .should()
            .dependOnClassesThat(notOnlyANameForAResource(
                    resideInAnyPackage(VERTX, "java.net..", "java.security..", "javax.crypto..", "org.bouncycastle..")))
            .because(
                    "the same claims must mean the same everywhere, at the desk of whoever writes a format package too");

    /** The class path names its resources by URI and URL; neither opens a connection by being a name. */
    private static DescribedPredicate<JavaClass> notOnlyANameForAResource(DescribedPredicate<JavaClass> network) {
        return network.and(DescribedPredicate.not(new DescribedPredicate<>("a name for a resource") {
            @Override
            public boolean test(JavaClass javaClass) {
                return Set.of("java.net.URI", "java.net.URL", "java.net.URISyntaxException")
                        .contains(javaClass.getName());
            }
        }));
    }

    @ArchTest
    static final ArchRule theRegistryKnowsNoFormats = noClasses()
            .that()
            .resideInAPackage(REGISTRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MAPPING, PROVINCE, HUB, CONFORMANCE, CLI, VERTX)
            .because("who may sign is decided without knowing what is signed, and without an event loop");

    @ArchTest
    static final ArchRule connectorsDoNotKnowTheHub = noClasses()
            .that()
            .resideInAPackage(PROVINCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HUB, CONFORMANCE, CLI)
            .because("how a code is read does not depend on who serves it");

    @ArchTest
    static final ArchRule connectorsJudgeNothing = noClasses()
            .that()
            .resideInAPackage(PROVINCE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.hutong.mapping.policy..")
            .because("only the hub judges, once everything is on the table");

    @ArchTest
    static final ArchRule theHubIsNotItsOwnJudge = noClasses()
            .that()
            .resideInAPackage(HUB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONFORMANCE, CLI)
            .because("the conformance suite tests the hub from outside");

    @ArchTest
    static final ArchRule onlyTheClusterKnowsHazelcast = noClasses()
            .that()
            .resideOutsideOfPackage("dev.hutong.hub.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..")
            .because("a hub that stands alone loads none of it");

    @ArchTest
    static final ArchRule theConformanceSuiteTrustsNothingOfTheHub = noClasses()
            .that()
            .resideInAPackage(CONFORMANCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MAPPING, REGISTRY, PROVINCE, HUB, CLI)
            .because("a fault that both shared would never be found");

    @ArchTest
    static final ArchRule nothingPointsBackToTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI)
            .because("deploy has no logic that anybody else could need");

    @ArchTest
    static final ArchRule onlyTheCommandLineReadsTheWallClock = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .accessTargetWhere(readsTheWallClock())
            .because(
                    "there is one clock for each process, and it is injected: tests stand at the boundary instant itself");

    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        return new DescribedPredicate<>("the wall clock is read") {
            @Override
            public boolean test(JavaAccess<?> access) {
                return WALL_CLOCK
                        .matcher(access.getTargetOwner().getName() + "#"
                                + access.getTarget().getName())
                        .matches();
            }
        };
    }

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("two hubs in one process must not know of each other");

    @ArchTest
    static final ArchRule valuesInEveryPackageAreNeverNullUnlessTheySaySo = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked")
            .because("NullAway looks at marked packages only");
}
