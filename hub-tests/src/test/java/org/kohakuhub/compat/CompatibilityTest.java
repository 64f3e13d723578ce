package org.kohakuhub.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Holds what is said about compatibility to the clients, the resources and the tests. With {@code -Dcompatibility.write}
 * the page is written; else it must be as it would be.
 */
class CompatibilityTest {
    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final Path TESTS = Path.of("src/test/java/org/kohakuhub");
    private static final Path SCRIPTS = Path.of("src/test/resources/org/kohakuhub/contract");
    private static final Pattern SCRIPT = Pattern.compile("\"(\\w+\\.py)\"");
    private static final List<String> PACKAGES = List.of("contract", "it");

    private final Compatibility said = Compatibility.read();

    @Test
    void every_method_of_the_clients_is_listed_once() {
        Set<String> names = new TreeSet<>();
        Compatibility.VERSIONS.forEach(version -> names.addAll(Compatibility.namesOf(version)));
        assertThat(said.methods().stream().map(ClientMethod::name)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void every_address_of_the_resources_is_listed_once() {
        Map<String, Set<String>> listed = new TreeMap<>();
        said.routes()
                .forEach(route -> assertThat(listed.put(route.path(), new TreeSet<>(route.verbs())))
                        .as(route.path())
                        .isNull());
        assertThat(listed).containsExactlyInAnyOrderEntriesOf(ServedRoutes.all());
    }

    @Test
    void every_proof_is_a_test() {
        Set<Proof> proofs = new HashSet<>();
        said.methods().forEach(method -> proofs.addAll(method.proofs()));
        said.routes().forEach(route -> proofs.addAll(route.proofs()));
        assertThat(proofs)
                .isNotEmpty()
                .allSatisfy(proof -> assertThat(tests(proof.testClass()))
                        .as("%s", proof)
                        .anySatisfy(test -> assertThat(proof.test()).isIn("", test)));
    }

    private static List<String> tests(String testClass) {
        Class<?> type = PACKAGES.stream()
                .map(name -> find("org.kohakuhub." + name + '.' + testClass))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no test class " + testClass));
        return Stream.of(type.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .map(Method::getName)
                .toList();
    }

    private static Optional<Class<?>> find(String name) {
        try {
            return Optional.of(Class.forName(name, false, CompatibilityTest.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    @Test
    void what_is_served_or_refused_is_proven_by_a_test_that_calls_it() {
        for (ClientMethod method : said.methods()) {
            boolean claimed = method.state() != State.NOT && method.state() != State.ELSEWHERE;
            assertThat(method.proofs().isEmpty()).as(method.name()).isEqualTo(!claimed);
            Pattern call = Pattern.compile("\\b" + method.name() + "\\b");
            assertThat(method.proofs())
                    .as(method.name())
                    .allSatisfy(proof -> assertThat(source(proof.testClass())).containsPattern(call));
        }
    }

    @Test
    void each_version_that_has_a_method_is_proven() {
        Set<String> earlier = new HashSet<>();
        for (String version : Compatibility.VERSIONS) {
            Set<String> names = new HashSet<>(Compatibility.namesOf(version));
            if (!Compatibility.IN_FULL.contains(version)) {
                names.removeAll(earlier);
            }
            earlier.addAll(names);
            assertThat(said.methods())
                    .filteredOn(method ->
                            names.contains(method.name()) && !method.proofs().isEmpty())
                    .allSatisfy(method -> assertThat(method.proofs())
                            .as(method.name())
                            .anySatisfy(proof ->
                                    assertThat(source(proof.testClass())).contains('"' + version + '"')));
        }
    }

    /** The class with the scripts that it names. */
    private static String source(String testClass) throws IOException {
        for (String name : PACKAGES) {
            Path file = TESTS.resolve(name).resolve(testClass + ".java");
            if (Files.exists(file)) {
                StringBuilder source = new StringBuilder(Files.readString(file));
                for (Path script : scripts(source.toString())) {
                    source.append(Files.readString(script));
                }
                return source.toString();
            }
        }
        throw new AssertionError("There is no source of " + testClass);
    }

    private static List<Path> scripts(String source) {
        List<Path> scripts = new ArrayList<>();
        Matcher name = SCRIPT.matcher(source);
        while (name.find()) {
            Stream.of(SCRIPTS.resolve(name.group(1)), SCRIPTS.resolve("clients").resolve(name.group(1)))
                    .filter(Files::exists)
                    .forEach(scripts::add);
        }
        return scripts;
    }

    @Test
    void the_page_is_up_to_date() throws IOException {
        String page = new CompatibilityPage(said).text();
        if (System.getProperty("compatibility.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("./mvnw test -pl hub-tests -am -Dtest=CompatibilityTest -Dcompatibility.write writes it")
                .hasContent(page);
    }
}
