package org.kohakuhub.commit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.commit.CommitOperation.AddLfsFile;
import org.kohakuhub.commit.CommitOperation.CopyFile;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.Text;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.repo.LfsRules;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;

/** Reads a request to its end and gives the changes that it asks for, with all that they need in place. */
@ApplicationScoped
class ChangeReader {
    private final LfsRules lfsRules;
    private final LfsLinks links;
    private final AttributeFiles attributeFiles;
    private final Revisions revisions;

    @SuppressWarnings("NullAway")
    protected ChangeReader() { // the container's proxy only
        this(null, null, null, null);
    }

    @Inject
    ChangeReader(LfsRules lfsRules, LfsLinks links, AttributeFiles attributeFiles, Revisions revisions) {
        this.lfsRules = lfsRules;
        this.links = links;
        this.attributeFiles = attributeFiles;
        this.revisions = revisions;
    }

    /** The changes; inline contents are in {@code writer} then, and contents of the object store are proven. */
    List<TreeChange> read(RepoKey repo, Revisions.Branch branch, CommitRequest request, CommitWriter writer) {
        CommitPlan plan = new CommitPlan(writer, lfsRules.of(repo));
        for (Optional<CommitOperation> next = request.next(); next.isPresent(); next = request.next()) {
            plan.add(next.get());
        }
        List<AddLfsFile> lfsFiles = plan.lfsFiles();
        Map<Sha256, ObjectInfo> proven = lfsFiles.isEmpty() ? Map.of() : links.prove(repo, lfsFiles);
        Map<String, byte[]> attributes = attributeFiles.above(
                repo, branch.head(), lfsFiles.stream().map(AddLfsFile::path).toList());
        return plan.changes(proven, attributes, copy -> source(repo, branch, copy));
    }

    private GitOid source(RepoKey repo, Revisions.Branch branch, CopyFile copy) {
        Optional<GitOid> commit = copy.revision().isPresent()
                ? revisions.commit(repo, copy.revision().get())
                : branch.head();
        return commit.orElseThrow(() -> new HubException(
                ErrorKind.ENTRY_NOT_FOUND,
                "File to copy does not exist: " + Text.shown(copy.source().text())));
    }
}
