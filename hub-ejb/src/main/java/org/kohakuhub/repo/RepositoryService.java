package org.kohakuhub.repo;

import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.version.VersionStore;

/** Makes, changes and removes repositories. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // the first commit may reach the object store
public class RepositoryService {
    private final AccessPolicy access;
    private final VersionStore versions;
    private final Repositories repositories;
    private final RepositoryRows rows;
    private final CommitAuthors authors;
    private final InstantSource clock;

    @SuppressWarnings("NullAway")
    protected RepositoryService() { // the container's proxy only
        this(null, null, null, null, null, null);
    }

    @Inject
    public RepositoryService(
            AccessPolicy access,
            VersionStore versions,
            Repositories repositories,
            RepositoryRows rows,
            CommitAuthors authors,
            InstantSource clock) {
        this.access = access;
        this.versions = versions;
        this.repositories = repositories;
        this.rows = rows;
        this.authors = authors;
        this.clock = clock;
    }

    /**
     * Makes a repository with its first commit. The row comes first; where the commit fails, it goes again. A process
     * that dies between the two leaves an empty repository, which every reader takes for what it is.
     *
     * @throws HubException INVALID_REPO_ID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND (the namespace)
     */
    public Creation create(Caller caller, NewRepository wanted) {
        String namespace = wanted.namespace()
                .or(caller::name)
                .orElseThrow(
                        () -> new HubException(ErrorKind.UNAUTHENTICATED, "Creating a repository needs an account"));
        NamespaceKey owner = access.requireNamespace(caller, Action.CREATE_REPOSITORY, namespace);
        RepoId name = new RepoId(wanted.type(), owner.name(), wanted.name());
        Repository row = newRow(clock, caller, owner, name, wanted);
        Optional<Repository> taken = insert(rows, repositories, row);
        if (taken.isPresent()) {
            return taken(name, taken.get());
        }
        RepoKey key = new RepoKey(row.id, name, owner.id(), row.isPrivate);
        try {
            versions.initialize(
                    key, authors.of(caller), "initial commit", FirstFiles.of(name.type(), name.name(), wanted.sdk()));
        } catch (RuntimeException failed) {
            rows.delete(key);
            throw failed;
        }
        return new Creation.Created(name, row.id);
    }

    static Repository newRow(
            InstantSource clock, Caller caller, NamespaceKey owner, RepoId name, NewRepository wanted) {
        Repository row = new Repository();
        row.id = Ids.next(clock);
        row.type = name.type().singular();
        row.ownerId = owner.id();
        row.namespace = owner.name();
        row.name = name.name();
        row.normalizedName = Text.normalizedName(name.name());
        row.isPrivate = wanted.isPrivate();
        row.sdk = wanted.sdk().orElse(null);
        row.createdBy = Optional.ofNullable(caller.userId()).orElse(owner.id());
        row.createdAt = clock.millis();
        row.modifiedAt = row.createdAt;
        return row;
    }

    static Optional<Repository> insert(RepositoryRows rows, Repositories repositories, Repository row) {
        try {
            return rows.insertUnlessTaken(row);
        } catch (EJBException failed) { // on PostgreSQL another request may have been first between look and insert
            Optional<Repository> taken =
                    repositories.lookAlike(RepoType.parse(row.type), row.ownerId, row.normalizedName);
            if (taken.isEmpty()) {
                throw failed;
            }
            return taken;
        }
    }

    static Creation taken(RepoId wanted, Repository row) {
        RepoId existing = new RepoId(wanted.type(), row.namespace, row.name);
        String sentence = existing.equals(wanted)
                ? "A " + wanted.type().singular() + " repository called " + existing.fullName() + " already exists"
                : "The name " + wanted.fullName() + " is too much like that of " + existing.fullName()
                        + ", which already exists";
        return new Creation.Taken(existing, sentence);
    }

    /**
     * Removes a repository with all that only it has. The bytes of its packs and of contents that no other repository
     * names are swept later.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN
     */
    public void delete(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        rows.delete(repo);
    }

    /**
     * Gives a repository another name, also in another namespace. History, branches, tags and settings stay; the old
     * name leads to the new one.
     *
     * @return the new name in its true spelling
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, NOT_FOUND for the namespace; CONFLICT if the name is taken
     */
    public RepoId move(Caller caller, RepoId from, RepoId to) {
        RepoKey repo = access.require(caller, Action.MANAGE, from);
        NamespaceKey owner = access.requireNamespace(caller, Action.CREATE_REPOSITORY, to.namespace());
        RepoId name = new RepoId(to.type(), owner.name(), to.name());
        rows.move(repo, owner.id(), name);
        return name;
    }

    /**
     * Changes settings.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN
     */
    public RepositoryRecord change(Caller caller, RepoId name, SettingsChange change) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        return rows.change(repo.id(), change);
    }

    /**
     * Finds out whether the caller may do something, and tells it by the exception or its absence.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, GATED_REPO
     */
    public void check(Caller caller, Action action, RepoId name) {
        access.require(caller, action, name);
    }
}
