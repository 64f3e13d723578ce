package org.kohakuhub.repo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/** How lists find what they hold, on every database. */
interface ListsContract {
    TestHub hub();

    private static ListQuery query(Optional<String> author, List<String> search, List<String> tags, int limit) {
        return new ListQuery(
                Optional.of(RepoType.MODEL),
                author,
                search,
                tags,
                Optional.empty(),
                ListQuery.Order.CREATED,
                Optional.empty(),
                limit);
    }

    private List<String> names(ListQuery query) {
        return hub()
                .catalog
                .list(Caller.anonymous(), query, EnumSet.noneOf(Facts.Wanted.class), false)
                .repositories()
                .stream()
                .map(found -> found.name().name())
                .toList();
    }

    /** Gives a repository tags without a commit. */
    private void tag(Caller owner, RepoId repo, String... tags) {
        RepoKey key = hub().access.require(owner, Action.READ, repo);
        List<Tag> index = Stream.of(tags).map(tag -> new Tag(Tag.OTHER, tag)).toList();
        hub().database.inTransaction(() -> {
            hub().tags.replace(key.id(), RepoType.MODEL, index);
            return null;
        });
    }

    private RepoId model(Caller owner, String name) {
        hub().now.incrementAndGet();
        return hub().newRowOnly(owner, name);
    }

    @Test
    default void what_few_and_what_many_have_is_found_alike() {
        Caller ann = hub().newUser();
        String many = "many-" + ann.username();
        String few = "few-" + ann.username();
        for (int i = 0; i < TestHub.FEW + 5; i++) {
            tag(ann, model(ann, "bulk" + i), many);
        }
        tag(ann, model(ann, "needle"), many, few);
        Optional<String> mine = Optional.of(ann.username());
        assertThat(names(query(Optional.empty(), List.of(), List.of(few), 5))).containsExactly("needle");
        assertThat(names(query(mine, List.of(), List.of(many, few), 5))).containsExactly("needle");
        assertThat(names(query(mine, List.of("eedl"), List.of(many), 5))).containsExactly("needle");
        assertThat(names(query(mine, List.of(), List.of(many), 2))).containsExactly("needle", "bulk24");
        assertThat(names(query(mine, List.of("BULK"), List.of(many), 2))).containsExactly("bulk24", "bulk23");
        assertThat(names(query(mine, List.of("ulk24"), List.of(), 2))).containsExactly("bulk24");
        assertThat(names(query(mine, List.of("ulk2"), List.of(few), 2))).isEmpty();
        assertThat(names(query(mine, List.of("K"), List.of(few), 2))).containsExactly();
    }

    /** Exact names first, then beginnings, then the rest; among these by downloads and likes. */
    @Test
    default void a_search_box_shows_the_best_first() {
        Caller ann = hub().newUser();
        Caller eve = hub().newUser();
        String bert = "Bert" + ann.username();
        downloaded(model(ann, bert), 1, 0);
        downloaded(model(ann, bert + "-base"), 5, 0);
        downloaded(model(ann, bert + "-large"), 5, 7);
        downloaded(model(ann, "my-" + bert), 900, 0);
        hub().newRepository(ann, RepoType.MODEL, bert + "-hidden", true);

        String wanted = bert.toUpperCase(Locale.ROOT);
        assertThat(quick(eve, wanted, 10)).containsExactly(bert, bert + "-large", bert + "-base", "my-" + bert);
        assertThat(quick(eve, wanted, 1)).containsExactly(bert);
        assertThat(quick(ann, wanted, 10)).hasSize(5).contains(bert + "-hidden");
        assertThat(hub().quickSearch
                        .repositories(eve, RepoType.MODEL, wanted, 2)
                        .count())
                .isEqualTo(4);
        assertThat(quick(eve, ann.username() + '/' + bert + "-b", 10)).containsExactly(bert + "-base");
        assertThat(quick(eve, wanted + "%", 10)).isEmpty();
        assertThat(hub().quickSearch
                        .repositories(eve, RepoType.DATASET, wanted, 2)
                        .first())
                .isEmpty();
        assertThat(quick(eve, "b", 10)).isNotEmpty().allMatch(name -> name.startsWith("B") || name.startsWith("b"));
        assertThat(quick(eve, "", 3)).hasSize(3);
        assertThat(hub().quickSearch
                        .accounts(false, ann.username().toUpperCase(Locale.ROOT), 3)
                        .first())
                .extracting(QuickSearch.Account::name)
                .containsExactly(ann.username());
        assertThat(hub().quickSearch.accounts(true, ann.username(), 3).count()).isZero();
    }

    private List<String> quick(Caller caller, String text, int limit) {
        return hub().quickSearch.repositories(caller, RepoType.MODEL, text, limit).first().stream()
                .map(found -> found.fullName().substring(found.fullName().indexOf('/') + 1))
                .toList();
    }

    private void downloaded(RepoId repo, long times, long likes) {
        hub().database
                .inTransaction(() -> hub().database
                        .entityManager()
                        .createNativeQuery(
                                "update repository set downloads = ?1, likes = ?2 where namespace = ?3 and name = ?4")
                        .setParameter(1, times)
                        .setParameter(2, likes)
                        .setParameter(3, repo.namespace())
                        .setParameter(4, repo.name())
                        .executeUpdate());
    }

    @Test
    default void a_page_costs_the_same_few_statements_however_long_it_is() {
        Caller ann = hub().newUser();
        for (int i = 0; i < 20; i++) {
            hub().now.incrementAndGet();
            tag(ann, hub().newModel(ann, "m" + i), "counted", "base_model:" + ann.username() + "/m0");
        }
        long ofOne = statements(ann, 1);
        assertThat(statements(ann, 20)).isEqualTo(ofOne);
        // the caller's organizations, the counts, the page; heads, storage, children, spaces
        assertThat(ofOne).isLessThanOrEqualTo(7);
    }

    private long statements(Caller caller, int limit) {
        ListQuery query = query(Optional.of(caller.username()), List.of("m"), List.of("counted"), limit);
        hub().catalog.list(caller, query, EnumSet.allOf(Facts.Wanted.class), true); // what is asked only once
        Statistics statistics = hub().database
                .entityManager()
                .getEntityManagerFactory()
                .unwrap(SessionFactory.class)
                .getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        RepositoryPage page = hub().catalog.list(caller, query, EnumSet.allOf(Facts.Wanted.class), true);
        assertThat(page.repositories()).hasSize(limit).allSatisfy(repository -> {
            assertThat(page.facts(repository).head()).isPresent();
            assertThat(page.facts(repository).storage()).isPositive();
        });
        long count = statistics.getPrepareStatementCount();
        statistics.setStatisticsEnabled(false);
        return count;
    }

    @Test
    default void what_trends_comes_first_and_pages_go_on_behind_it() {
        Caller ann = hub().newUser();
        for (int score : new int[] {3, 9, 3, 0}) {
            RepoKey key = hub().access
                    .require(ann, Action.READ, model(ann, "t" + hub().now.get()));
            hub().database
                    .inTransaction(() -> hub().database
                            .entityManager()
                            .createNativeQuery("update repository set trending_score = ?1 where id = ?2")
                            .setParameter(1, score)
                            .setParameter(2, key.id())
                            .executeUpdate());
        }
        List<Long> scores = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            RepositoryPage page = hub().catalog
                    .list(
                            ann,
                            new ListQuery(
                                    Optional.of(RepoType.MODEL),
                                    Optional.of(ann.username()),
                                    List.of(),
                                    List.of(),
                                    Optional.empty(),
                                    ListQuery.Order.TRENDING,
                                    cursor,
                                    1),
                            EnumSet.noneOf(Facts.Wanted.class),
                            false);
            page.repositories().forEach(found -> scores.add(found.trendingScore()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(scores).containsExactly(9L, 3L, 3L, 0L);
    }

    @Test
    default void a_name_is_found_where_it_is_now() {
        Caller ann = hub().newUser();
        RepoId before = hub().newModel(ann, "early-bird");
        RepoKey key = hub().access.require(ann, Action.READ, before);
        hub().database.inTransaction(() -> {
            hub().repositories.byId(key.id()).orElseThrow().name = "night-owl";
            return null;
        });
        Optional<String> author = Optional.of(ann.username());
        assertThat(names(query(author, List.of("arly-bir"), List.of(), 5))).isEmpty();
        assertThat(names(query(author, List.of("IGHT-ow"), List.of(), 5))).containsExactly("night-owl");
        hub().database.inTransaction(() -> {
            hub().repositories.delete(key.id());
            return null;
        });
        assertThat(names(query(author, List.of("ight-ow"), List.of(), 5))).isEmpty();
    }

    @Test
    default void tags_are_counted_without_private_repositories() {
        Caller ann = hub().newUser();
        RepoId open = hub().newModel(ann, "open");
        RepoId secret = hub().newRepository(ann, RepoType.MODEL, "secret", true);
        String tag = "only-" + ann.username();
        tag(ann, open, tag);
        tag(ann, secret, tag, "secret-" + ann.username());
        List<TagRows.Counted> counted = new ArrayList<>(hub().tags.counted(RepoType.MODEL, 1_000));
        assertThat(counted).contains(new TagRows.Counted(new Tag(Tag.OTHER, tag), 1));
        assertThat(counted).noneMatch(found -> found.tag().text().startsWith("secret-"));
    }

    @Test
    default void the_worker_finds_what_was_not_read() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "unread");
        RepoKey key = hub().access.require(ann, Action.READ, repo);
        hub().cards.refresh(key);
        assertThat(hub().rows.unreadWeights(10_000))
                .extracting(due -> due.repo().id())
                .contains(key.id());
        hub().rows
                .keepWeights(
                        key.id(),
                        hub().versions.head(key, Revisions.DEFAULT_REF).orElseThrow(),
                        Optional.of("{}"),
                        OptionalLong.of(7),
                        OptionalLong.empty());
        assertThat(hub().rows.unreadWeights(10_000))
                .extracting(due -> due.repo().id())
                .doesNotContain(key.id());
        assertThat(hub().rows.outdatedCards(10_000)).isEmpty();
    }
}
