package org.kohakuhub.repo;

import jakarta.ejb.EJBException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.kohakuhub.access.AccessPolicies;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.NoObservers;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.config.LfsConfig;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.version.VersionStore;
import org.kohakuhub.version.git.TestGit;

/** Access, repositories and git on a test database, put together by hand as the container does it. */
public final class TestHub {
    /** From this size on a file is an LFS file. */
    public static final int THRESHOLD = 10_000;

    /** Lists start from so many repositories at most; fewer than in a hub, so that tests need not make them. */
    static final int FEW = 20;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    final TestDatabase database;
    final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    final Repositories repositories = new Repositories();
    final TagRows tags = new TagRows();
    final Rows rows;
    public final AccessPolicy access;
    public final VersionStore versions;
    public final Revisions revisions;
    public final CommitAuthors authors;
    public final CardKeeper cards;
    public final LfsRules lfsRules;
    public final RepositoryCatalog catalog;
    final QuickSearch quickSearch;
    final RefRuleRows rules;
    public final RefGuard guard;
    public final RefService refs;
    public final HistoryService history;

    /** On a database of its own or shared. */
    public TestHub(TestDatabase database) {
        this.database = database;
        repositories.em = database.entityManager();
        tags.em = database.entityManager();
        access = AccessPolicies.on(database);
        versions = new TestGit(database).store();
        rows = new Rows();
        revisions = new Revisions(versions);
        authors = new CommitAuthors(new SiteConfig(URI.create("https://hub.example"), "/api", "Hub", false));
        cards = new CardKeeper(versions, new CardReader(versions), rows);
        lfsRules = new LfsRules(repositories, new LfsConfig(THRESHOLD, 1 << 20, 5 << 20, 5, false));
        SearchMeans means = new SearchMeans();
        means.em = database.entityManager();
        RepositoryLists lists = new RepositoryLists(means, FEW);
        lists.em = database.entityManager();
        quickSearch = new QuickSearch(access, means);
        quickSearch.em = database.entityManager();
        FactFinder finder = new FactFinder(versions, repositories, tags);
        catalog = new RepositoryCatalog(access, versions, repositories, revisions, cards, lists, finder);
        rules = new RuleRows();
        rules.em = database.entityManager();
        guard = new RefGuard(access, rules);
        refs = new RefService(access, versions, revisions, authors, guard);
        history = new HistoryService(access, versions, revisions);
    }

    /** The service on top of the real version store. */
    public RepositoryService service() {
        return service(versions);
    }

    RepositoryService service(VersionStore store) {
        return new RepositoryService(access, store, repositories, rows, authors, clock);
    }

    /** Somebody with an account and a name that nobody else has. */
    public Caller newUser() {
        String id = Ids.next(InstantSource.system());
        String name = "u" + COUNTER.incrementAndGet() + id.substring(8);
        database.inTransaction(() -> database.entityManager()
                .createNativeQuery("insert into account (id, kind, name, normalized_name, created_at)"
                        + " values (?1, 'user', ?2, ?2, 0)")
                .setParameter(1, id)
                .setParameter(2, name)
                .executeUpdate());
        return Caller.user(id, name);
    }

    /** A new public model of this user. */
    public RepoId newModel(Caller owner, String name) {
        return newRepository(owner, RepoType.MODEL, name, false);
    }

    RepoId newRepository(Caller owner, RepoType type, String name, boolean isPrivate) {
        Creation creation =
                service().create(owner, new NewRepository(type, Optional.empty(), name, isPrivate, Optional.empty()));
        return ((Creation.Created) creation).name();
    }

    /** What a dead process leaves behind: the row without the first commit. */
    public RepoId newRowOnly(Caller owner, String name) {
        Repository row = new Repository();
        row.id = Ids.next(InstantSource.system());
        row.type = "model";
        row.ownerId = owner.userId();
        row.namespace = owner.username();
        row.name = name;
        row.normalizedName = name;
        row.createdBy = owner.userId();
        row.createdAt = now.get();
        row.modifiedAt = now.get();
        rows.insertUnlessTaken(row);
        return new RepoId(RepoType.MODEL, owner.username(), name);
    }

    private final class RuleRows extends RefRuleRows {
        RuleRows() {
            super(clock);
        }

        @Override
        public Optional<RefRule> add(String repoId, RefRule.Terms terms) {
            return database.inTransaction(() -> super.add(repoId, terms));
        }

        @Override
        public boolean change(String repoId, String id, RefRule.Terms terms) {
            return database.inTransaction(() -> super.change(repoId, id, terms));
        }

        @Override
        public boolean remove(String repoId, String id) {
            return database.inTransaction(() -> super.remove(repoId, id));
        }
    }

    /** The container's transactions around the rows' changes. */
    final class Rows extends RepositoryRows {
        /** Run before the next insertion, outside its transaction: whoever is faster. */
        Runnable faster = () -> {};

        Rows() {
            super(repositories, tags, versions, clock, new NoObservers<>());
        }

        @Override
        public Optional<Repository> insertUnlessTaken(Repository row) {
            Runnable first = faster;
            faster = () -> {};
            first.run();
            return database.inTransaction(() -> super.insertUnlessTaken(row));
        }

        /** What a unique key does to the slower of two, as the container passes it on. */
        EJBException overtaken() {
            return new EJBException("unique key");
        }

        @Override
        public void delete(RepoKey repo) {
            run(() -> super.delete(repo));
        }

        @Override
        public void keepCard(RepoKey repo, GitOid commit, IndexedCard read) {
            run(() -> super.keepCard(repo, commit, read));
        }

        @Override
        public void keepWeights(
                String id, GitOid commit, Optional<String> weights, OptionalLong parameters, OptionalLong mainSize) {
            run(() -> super.keepWeights(id, commit, weights, parameters, mainSize));
        }

        @Override
        public RepositoryRecord change(String id, SettingsChange change) {
            return database.inTransaction(() -> super.change(id, change));
        }

        private void run(Runnable work) {
            database.inTransaction(() -> {
                work.run();
                return null;
            });
        }
    }
}
