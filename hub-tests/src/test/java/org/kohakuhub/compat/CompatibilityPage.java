package org.kohakuhub.compat;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes {@code docs/compatibility.md}. */
final class CompatibilityPage {
    private static final List<String> KINDS = List.of("core", "common", "hosted-only");
    private static final Map<String, String> CONTRACTS = new TreeMap<>(Map.of(
            "hf", "Of the Hugging Face API",
            "git-lfs", "Of git-lfs",
            "xet", "Of Xet",
            "own", "Of its own"));

    private final Compatibility said;

    CompatibilityPage(Compatibility said) {
        this.said = said;
    }

    String text() {
        return """
                # Compatibility

                What the public methods of `huggingface_hub` %s get from this hub, and which test proves it. The tests of the methods run the unmodified client, 1.33.0 and 2.0.0 where both have the method and 2.4.0 for what it has new and for many others, against a running hub; the whole suite runs on WildFly with SQLite, its core also with PostgreSQL and MinIO and on both Payaras. A unit test writes this page from `hub-tests/src/test/resources/compatibility` and fails if a method, an address or a test is missing: do not edit it by hand.

                *served*: as the reference does, as far as the contract (hf-api-contract.md) goes. *partly*: see the note. *not*: not there, or no test proves it. *refused by design*: belongs to the hosted service (jobs, running Spaces, papers …); the answer is a status with a reason, mostly 501. *not asked of the hub*: the client talks to another host whatever its endpoint is.

                ## Totals

                %s

                ## Methods of HfApi

                %s
                ## Commands of hf

                HfCommandIT runs every command of these versions and fails if one was left out: what the hub serves; what belongs to the hosted service (`jobs`, `papers`, `sandbox`, machines of `spaces`, `datasets leaderboard`), which ends with the hub's reason; not those that ask other hosts (`endpoints`, `extensions`, `skills`, `update`, and `datasets parquet` and `sql`, which the client refuses for every hub but one). `lfs-enable-largefiles` and `lfs-multipart-upload` are GitLfsAgentIT's.

                ## Addresses

                All that the hub listens to, as its resources declare it. `{name}` stands for one segment or, at the end, for the rest; git's own protocol (`/{repository}.git/…`, proven by GitProtocolIT, GitFetchIT, GitPushIT and GitIT), `/health` (HealthIT) and `/openapi` are not resources. Contracts: [hf-api-contract.md](hf-api-contract.md), [xet-protocol.md](xet-protocol.md), [hub-own-api.md](hub-own-api.md).

                %s""".formatted(
                        String.join(", ", Compatibility.VERSIONS),
                        totals(),
                        KINDS.stream().map(this::methods).collect(joining("\n")),
                        CONTRACTS.keySet().stream().map(this::routes).collect(joining("\n")));
    }

    private String totals() {
        List<State> states = List.of(State.values());
        Stream<String> head = Stream.of(
                "| methods | all | " + states.stream().map(State::words).collect(joining(" | ")) + " |",
                "|---|" + "---|".repeat(states.size() + 1));
        Stream<String> lines = Stream.concat(KINDS.stream(), Stream.of(""))
                .map(kind -> totals(
                        kind,
                        said.methods().stream()
                                .filter(method ->
                                        kind.isEmpty() || method.kind().equals(kind))
                                .map(ClientMethod::state)
                                .toList()));
        return Stream.concat(head, lines).collect(joining("\n"));
    }

    private static String totals(String kind, List<State> all) {
        return "| " + (kind.isEmpty() ? "all" : kind) + " | " + all.size() + " | "
                + Stream.of(State.values())
                        .map(state -> String.valueOf(
                                all.stream().filter(state::equals).count()))
                        .collect(joining(" | "))
                + " |";
    }

    private String methods(String kind) {
        return said.methods().stream()
                .filter(method -> method.kind().equals(kind))
                .sorted(Comparator.comparing(ClientMethod::name))
                .map(method -> "| `%s` | %s | %s%s | %s |\n"
                        .formatted(
                                method.name(),
                                method.endpoint(),
                                method.state().words(),
                                method.note().isEmpty() ? "" : ": " + method.note(),
                                proofs(method.proofs())))
                .collect(joining(
                        "", "### " + kind + "\n\n| method | asks for | state | proof |\n|---|---|---|---|\n", ""));
    }

    private String routes(String contract) {
        return said.routes().stream()
                .filter(route -> route.of().equals(contract))
                .sorted(Comparator.comparing(Route::path))
                .map(route -> "| `%s` | `%s` | %s | %s |\n"
                        .formatted(
                                String.join(" ", new TreeSet<>(route.verbs())),
                                route.path().replace("|", "\\|"),
                                route.state().words(),
                                proofs(route.proofs())))
                .collect(joining(
                        "",
                        "### " + CONTRACTS.get(contract)
                                + "\n\n| methods | path | state | proof |\n|---|---|---|---|\n",
                        ""));
    }

    private static String proofs(List<Proof> proofs) {
        return proofs.isEmpty() ? "–" : proofs.stream().map(Proof::toString).collect(joining(", "));
    }
}
