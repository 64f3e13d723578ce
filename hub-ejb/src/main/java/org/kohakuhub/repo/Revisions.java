package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;
import org.kohakuhub.version.VersionStore;

/** From the revision that a client names to the commit, where an empty repository is no error. */
@ApplicationScoped
public class Revisions {
    /** The branch that HEAD stands for, in every repository. */
    public static final String DEFAULT_BRANCH = "main";

    /** The whole ref of {@link #DEFAULT_BRANCH}. */
    public static final String DEFAULT_REF = RefNames.HEADS + DEFAULT_BRANCH;

    private static final Set<String> DEFAULT_NAMES = Set.of(DEFAULT_BRANCH, DEFAULT_REF, "HEAD");

    private static final List<String> WRITABLE = List.of(RefNames.HEADS, "refs/pr/", "refs/convert/");

    private final VersionStore versions;

    @SuppressWarnings("NullAway")
    protected Revisions() { // the container's proxy only
        this(null);
    }

    @Inject
    Revisions(VersionStore versions) {
        this.versions = versions;
    }

    /**
     * The commit of a revision.
     *
     * @return empty for the default branch of a repository without any ref: one that was made a moment ago, or whose
     *     making was cut short
     * @throws org.kohakuhub.common.HubException REVISION_NOT_FOUND
     */
    public Optional<GitOid> commit(RepoKey repo, Revision revision) {
        if (revision instanceof Revision.Named named && DEFAULT_NAMES.contains(named.ref())) {
            Optional<GitOid> head = versions.head(repo, DEFAULT_REF);
            if (head.isPresent() || versions.refs(repo, "refs/").isEmpty()) {
                return head;
            }
        }
        return Optional.of(versions.resolve(repo, revision));
    }

    /**
     * The branch (or pull request) that a revision names, to be written to.
     *
     * @throws HubException REVISION_NOT_FOUND if there is none: commits and tags cannot move
     */
    public Branch branch(RepoKey repo, Revision revision) {
        String ref = refOf(revision).orElseThrow(() -> unknown(revision));
        Optional<GitOid> head = versions.head(repo, ref);
        boolean first = ref.equals(DEFAULT_REF) && head.isEmpty();
        if (head.isEmpty() && !(first && versions.refs(repo, "refs/").isEmpty())) {
            throw unknown(revision);
        }
        return new Branch(ref, head);
    }

    private static Optional<String> refOf(Revision revision) {
        if (!(revision instanceof Revision.Named named)) {
            return Optional.empty();
        }
        String name = named.ref();
        if (DEFAULT_NAMES.contains(name)) {
            return Optional.of(DEFAULT_REF);
        }
        if (!name.startsWith("refs/")) {
            return Optional.of(RefNames.HEADS + name);
        }
        return WRITABLE.stream().anyMatch(name::startsWith) ? Optional.of(name) : Optional.empty();
    }

    private static HubException unknown(Revision revision) {
        return new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(revision.toString()));
    }

    /**
     * A ref that commits may be added to.
     *
     * @param ref the whole name
     * @param head empty for the default branch of a repository without any ref
     */
    public record Branch(String ref, Optional<GitOid> head) {}
}
