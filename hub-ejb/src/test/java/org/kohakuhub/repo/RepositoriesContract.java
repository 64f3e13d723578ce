package org.kohakuhub.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Revision;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.RefRecord;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** What holds of repositories on every database. */
interface RepositoriesContract {
    Revision MAIN = new Revision.Named("main");

    TestHub hub();

    private static void assertRefused(ErrorKind kind, ThrowingCallable call) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(call)
                .extracting(HubException::kind)
                .isEqualTo(kind);
    }

    private NewRepository model(String name) {
        return new NewRepository(RepoType.MODEL, Optional.empty(), name, false, Optional.empty());
    }

    private List<String> files(Caller caller, RepoId repo) {
        List<String> files = new ArrayList<>();
        RepositoryInfo info = hub().catalog.info(caller, repo, Optional.empty());
        hub().catalog.forEachFile(info, (TreeEntry file) -> files.add(file.path()));
        return files;
    }

    private GitOid commit(Caller caller, RepoId repo, String path, String content) {
        RepoKey key = hub().access.require(caller, Action.WRITE, repo);
        byte[] bytes = content.getBytes(UTF_8);
        try (CommitWriter writer = hub().versions.write(key)) {
            GitOid blob = writer.insertBlob(new ByteArrayInputStream(bytes), bytes.length);
            return writer.commit(new CommitDraft(
                    Revisions.DEFAULT_REF,
                    Optional.empty(),
                    hub().authors.of(caller),
                    "Add " + path,
                    List.of(new TreeChange.PutBlob(new FilePath(path), blob))));
        }
    }

    @Test
    default void a_new_repository_begins_with_one_commit() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "tiny");
        RepositoryInfo info = hub().catalog.info(ann, repo, Optional.empty());

        List<CommitRecord> log =
                hub().history.log(ann, repo, MAIN, Optional.empty(), 10).commits();
        assertThat(log).extracting(CommitRecord::title).containsExactly("initial commit");
        assertThat(log)
                .extracting(CommitRecord::authorEmail)
                .containsExactly(ann.username() + "@users.noreply.hub.example");
        assertThat(info.commit()).contains(log.get(0).oid());
        assertThat(files(ann, repo)).containsExactly(".gitattributes");
        assertThat(info.repository().name()).isEqualTo(repo);
    }

    @Test
    default void a_name_that_is_taken_or_looks_alike_is_told_with_its_owner() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "tiny-bert");

        Creation again = hub().service().create(ann, model("tiny-bert"));
        assertThat(again)
                .isEqualTo(
                        new Creation.Taken(repo, "A model repository called " + repo.fullName() + " already exists"));
        Creation.Taken alike = (Creation.Taken) hub().service().create(ann, model("Tiny_Bert"));
        assertThat(alike.existing()).isEqualTo(repo);
        assertThat(alike.sentence()).contains("too much like");

        assertThat(hub().newRepository(ann, RepoType.DATASET, "tiny-bert", false)
                        .type())
                .isEqualTo(RepoType.DATASET);
        assertThat(hub().newModel(hub().newUser(), "tiny-bert")).isNotEqualTo(repo);
    }

    @Test
    default void the_slower_of_two_creations_finds_the_name_taken() {
        Caller ann = hub().newUser();
        hub().rows.faster = () -> {
            hub().newModel(ann, "race");
            throw hub().rows.overtaken();
        };
        assertThat(hub().service().create(ann, model("race"))).isInstanceOf(Creation.Taken.class);
        assertThat(files(ann, new RepoId(RepoType.MODEL, ann.username(), "race")))
                .containsExactly(".gitattributes");
    }

    @Test
    default void a_first_commit_that_fails_leaves_no_repository() {
        Caller ann = hub().newUser();
        VersionStore broken = (VersionStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {VersionStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("initialize")) {
                        throw new IllegalStateException("the object store is away");
                    }
                    try {
                        return method.invoke(hub().versions, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        assertThatIllegalStateException().isThrownBy(() -> hub().service(broken).create(ann, model("r")));

        RepoId repo = new RepoId(RepoType.MODEL, ann.username(), "r");
        assertRefused(ErrorKind.REPO_NOT_FOUND, () -> hub().catalog.info(ann, repo, Optional.empty()));
        assertThat(hub().newModel(ann, "r")).isEqualTo(repo);
    }

    @Test
    default void what_a_dead_process_left_behind_is_an_empty_repository() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newRowOnly(ann, "half");

        RepositoryInfo info = hub().catalog.info(ann, repo, Optional.empty());
        assertThat(info.commit()).isEmpty();
        assertThat(files(ann, repo)).isEmpty();
        assertThat(hub().refs.refs(ann, repo)).isEmpty();
        assertThat(hub().history.log(ann, repo, MAIN, Optional.empty(), 10).commits())
                .isEmpty();
        assertRefused(
                ErrorKind.REVISION_NOT_FOUND,
                () -> hub().catalog.info(ann, repo, Optional.of(new Revision.Named("other"))));
        assertThat(hub().service().create(ann, model("half"))).isInstanceOf(Creation.Taken.class);

        commit(ann, repo, "a.txt", "a");
        assertThat(files(ann, repo)).containsExactly("a.txt");
    }

    @Test
    default void only_its_owner_removes_a_repository() {
        Caller ann = hub().newUser();
        Caller eve = hub().newUser();
        RepoId open = hub().newModel(ann, "open");
        RepoId secret = hub().newRepository(ann, RepoType.MODEL, "secret", true);

        assertRefused(ErrorKind.FORBIDDEN, () -> hub().service().delete(eve, open));
        assertRefused(ErrorKind.REPO_NOT_FOUND, () -> hub().service().delete(eve, secret));
        assertThat(files(ann, open)).containsExactly(".gitattributes");

        hub().service().delete(ann, open);
        assertRefused(ErrorKind.REPO_NOT_FOUND, () -> hub().service().delete(ann, open));
        assertRefused(ErrorKind.REPO_NOT_FOUND, () -> hub().catalog.info(ann, open, Optional.empty()));
        assertThat(hub().newModel(ann, "open")).isEqualTo(open);
    }

    private RepositoryPage list(Caller caller, ListQuery query) {
        return hub().catalog.list(caller, query, Set.of(), true);
    }

    private static ListQuery by(Caller author, String search, List<String> tags, String cursor, int limit) {
        return new ListQuery(
                Optional.of(RepoType.MODEL),
                Optional.of(author.username()),
                search.isEmpty() ? List.of() : List.of(search),
                tags,
                Optional.empty(),
                ListQuery.Order.CREATED,
                Optional.ofNullable(cursor),
                limit);
    }

    private static List<String> names(RepositoryPage page) {
        return page.repositories().stream().map(found -> found.name().name()).toList();
    }

    @Test
    default void private_repositories_are_listed_for_their_own_only() {
        Caller ann = hub().newUser();
        hub().newModel(ann, "open");
        hub().newRepository(ann, RepoType.MODEL, "secret", true);

        ListQuery all = by(ann, "", List.of(), null, 10);
        assertThat(names(list(ann, all))).containsExactlyInAnyOrder("open", "secret");
        assertThat(names(list(hub().newUser(), all))).containsExactly("open");
        assertThat(names(list(Caller.anonymous(), all))).containsExactly("open");
        assertThat(names(list(new Caller(null, null, true, true), all))).containsExactlyInAnyOrder("open", "secret");
    }

    @Test
    default void pages_hold_every_repository_once_also_where_the_clock_stood_still() {
        Caller ann = hub().newUser();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            hub().now.addAndGet(i % 3 == 0 ? 1_000 : 0);
            expected.add(hub().newModel(ann, "r" + i).name());
        }
        List<String> seen = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            RepositoryPage page = list(ann, by(ann, "", List.of(), cursor.orElse(null), 2));
            assertThat(page.repositories().size()).isBetween(1, 2);
            seen.addAll(names(page));
            page.repositories().forEach(found -> times.add(-found.createdAt().toEpochMilli()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(times).isSorted();
        assertRefused(ErrorKind.INVALID, () -> list(ann, by(ann, "", List.of(), "1;drop", 2)));
    }

    @Test
    default void a_list_is_narrowed_by_text_and_by_tags_of_the_card() {
        Caller ann = hub().newUser();
        RepoId tagged = hub().newModel(ann, "Tagged");
        hub().newModel(ann, "plain");
        commit(ann, tagged, "README.md", "---\nlicense: mit\ntags: [tiny, a_b%]\n---\n");
        hub().cards.refresh(hub().access.require(ann, Action.READ, tagged));

        assertThat(names(list(ann, by(ann, "TAGG", List.of(), null, 10)))).containsExactly("Tagged");
        assertThat(names(list(ann, by(ann, "_", List.of(), null, 10)))).isEmpty();
        assertThat(names(list(ann, by(ann, "", List.of("license:mit", "tiny"), null, 10))))
                .containsExactly("Tagged");
        assertThat(names(list(ann, by(ann, "", List.of("a_b%"), null, 10)))).containsExactly("Tagged");
        assertThat(names(list(ann, by(ann, "", List.of("axb%"), null, 10)))).isEmpty();
        assertThat(names(list(ann, by(ann, "", List.of("license:mi"), null, 10))))
                .isEmpty();
    }

    @Test
    default void a_card_is_that_of_the_revision_and_a_late_writer_is_put_right() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "carded");
        RepoKey key = hub().access.require(ann, Action.READ, repo);
        GitOid first = commit(ann, repo, "README.md", "---\nlicense: mit\n---\n");
        hub().cards.refresh(key);
        commit(ann, repo, "README.md", "---\nlicense: apache-2.0\npipeline_tag: fill-mask\n---\n");

        assertThat(hub().catalog.info(ann, repo, Optional.empty()).card().tags())
                .containsExactly("license:apache-2.0", "fill-mask");
        assertThat(hub().catalog
                        .info(ann, repo, Optional.of(new Revision.Exact(first)))
                        .card()
                        .tags())
                .containsExactly("license:mit");

        hub().rows.keepCard(key, first, IndexedCard.EMPTY);
        assertThat(hub().catalog.info(ann, repo, Optional.empty()).card().pipelineTag())
                .contains("fill-mask");
        assertThat(names(list(ann, by(ann, "", List.of("fill-mask"), null, 10))))
                .containsExactly("carded");

        commit(ann, repo, "README.md", "---\n: [broken\n---\n");
        Card broken = hub().catalog.info(ann, repo, Optional.empty()).card();
        assertThat(broken.data()).isEmpty();
        assertThat(broken.tags()).isEmpty();
    }

    @Test
    default void a_model_without_a_card_is_known_by_its_config() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "configured");
        commit(
                ann,
                repo,
                "config.json",
                "{\"architectures\":[\"BertForMaskedLM\"],\"model_type\":\"bert\",\"hidden_size\":8}");
        Card card = hub().catalog.info(ann, repo, Optional.empty()).card();
        assertThat(card.libraryName()).contains("transformers");
        assertThat(card.pipelineTag()).contains("fill-mask");
        assertThat(card.config()).contains("{\"architectures\":[\"BertForMaskedLM\"],\"model_type\":\"bert\"}");
    }

    @Test
    default void settings_are_changed_by_the_owner_and_fall_back_to_the_servers() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "set");
        RepoKey key = hub().access.require(ann, Action.READ, repo);
        SettingsChange own = new SettingsChange(
                Optional.of(true),
                Optional.of(Gated.AUTO),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SettingsChange.Own<>(Optional.of(2_000L))),
                Optional.of(new SettingsChange.Own<>(Optional.of(List.of(".xyz", ".abc")))));
        assertRefused(ErrorKind.FORBIDDEN, () -> hub().service().change(hub().newUser(), repo, own));

        RepositoryRecord changed = hub().service().change(ann, repo, own);
        assertThat(changed.isPrivate()).isTrue();
        assertThat(changed.gated()).isEqualTo(Gated.AUTO);
        assertThat(hub().lfsRules.of(key)).isEqualTo(new LfsRule(2_000, List.of(".xyz", ".abc")));
        assertRefused(ErrorKind.REPO_NOT_FOUND, () -> hub().catalog.info(hub().newUser(), repo, Optional.empty()));

        hub().service()
                .change(
                        ann,
                        repo,
                        new SettingsChange(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new SettingsChange.Own<>(Optional.empty())),
                                Optional.of(new SettingsChange.Own<>(Optional.empty()))));
        assertThat(hub().lfsRules.of(key)).isEqualTo(new LfsRule(TestHub.THRESHOLD, LfsRule.SERVER_SUFFIXES));
        assertThat(hub().catalog.info(ann, repo, Optional.empty()).repository().isPrivate())
                .isTrue();
    }

    @Test
    default void branches_and_tags_come_and_go() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "reffed");
        RefService refs = hub().refs;
        refs.createBranch(ann, repo, "feat/x", Optional.empty());
        refs.createTag(ann, repo, "v1", "feat/x", Optional.of("first"));
        refs.createTag(ann, repo, "feat/x", "main", Optional.empty()); // beside the branch of the same name
        assertThat(refs.refs(ann, repo))
                .extracting(RefRecord::name)
                .contains("refs/heads/feat/x", "refs/heads/main", "refs/tags/v1", "refs/tags/feat/x");
        assertThat(refs.refs(ann, repo).stream()
                        .filter(ref -> !ref.name().equals("HEAD"))
                        .map(RefRecord::commit)
                        .distinct())
                .hasSize(1);

        assertRefused(ErrorKind.CONFLICT, () -> refs.createBranch(ann, repo, "feat/x", Optional.empty()));
        assertRefused(ErrorKind.CONFLICT, () -> refs.createTag(ann, repo, "v1", "main", Optional.empty()));
        for (String name : List.of("refs/pr/1", "refs/heads/y", "a..b", "a b", "HEAD", "", "f".repeat(40), "x.lock")) {
            assertRefused(ErrorKind.INVALID, () -> refs.createBranch(ann, repo, name, Optional.empty()));
            assertRefused(ErrorKind.INVALID, () -> refs.createTag(ann, repo, name, "main", Optional.empty()));
        }
        assertRefused(ErrorKind.REVISION_NOT_FOUND, () -> refs.createBranch(ann, repo, "y", Optional.of("nowhere")));
        assertRefused(ErrorKind.INVALID, () -> refs.deleteBranch(ann, repo, "main"));
        assertRefused(ErrorKind.REVISION_NOT_FOUND, () -> refs.deleteBranch(ann, repo, "v1"));
        assertRefused(ErrorKind.REVISION_NOT_FOUND, () -> refs.deleteTag(ann, repo, "main"));
        assertRefused(ErrorKind.FORBIDDEN, () -> refs.deleteTag(hub().newUser(), repo, "v1"));

        refs.deleteBranch(ann, repo, "feat/x");
        refs.deleteTag(ann, repo, "v1");
        assertRefused(ErrorKind.REVISION_NOT_FOUND, () -> refs.deleteTag(ann, repo, "v1"));
        assertThat(refs.refs(ann, repo))
                .extracting(RefRecord::name)
                .doesNotContain("refs/heads/feat/x", "refs/tags/v1");
    }

    @Test
    default void the_log_is_paged_from_where_it_began() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "logged");
        for (int i = 0; i < 4; i++) {
            commit(ann, repo, "f" + i, "x");
        }
        HistoryService.Page first = hub().history.log(ann, repo, MAIN, Optional.empty(), 2);
        assertThat(first.commits()).extracting(CommitRecord::title).containsExactly("Add f3", "Add f2");
        commit(ann, repo, "later", "x");
        HistoryService.Page second = hub().history.log(ann, repo, MAIN, first.next(), 2);
        assertThat(second.commits()).extracting(CommitRecord::title).containsExactly("Add f1", "Add f0");
        HistoryService.Page third = hub().history.log(ann, repo, MAIN, second.next(), 2);
        assertThat(third.commits()).extracting(CommitRecord::title).containsExactly("initial commit");
        assertThat(third.next()).isEmpty();
        assertRefused(ErrorKind.INVALID, () -> hub().history.log(ann, repo, MAIN, Optional.of("zz"), 2));
    }
}
