package org.kohakuhub.commit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.repo.LfsRule;
import org.kohakuhub.repo.LfsRules;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.AttributeRules;
import org.kohakuhub.version.IgnoreRules;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Tells a client, before it sends anything, by which way each of its files shall come. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PreuploadService {
    private static final FilePath IGNORE_FILE = new FilePath(IgnoreRules.FILE_NAME);

    private final WriteAccess writes;
    private final VersionStore versions;
    private final Revisions revisions;
    private final LfsRules lfsRules;
    private final AttributeFiles attributeFiles;

    @SuppressWarnings("NullAway")
    protected PreuploadService() { // the container's proxy only
        this(null, null, null, null, null);
    }

    @Inject
    public PreuploadService(
            WriteAccess writes,
            VersionStore versions,
            Revisions revisions,
            LfsRules lfsRules,
            AttributeFiles attributeFiles) {
        this.writes = writes;
        this.versions = versions;
        this.revisions = revisions;
        this.lfsRules = lfsRules;
        this.attributeFiles = attributeFiles;
    }

    /**
     * One plan for each candidate, in their order.
     *
     * @param proposal whether the files are for a new pull request
     * @param gitIgnore the content of the root .gitignore that is about to be uploaded; empty: the branch's counts
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, FORBIDDEN; REVISION_NOT_FOUND if the revision is not a
     *     branch
     */
    public List<Plan> plan(
            Caller caller,
            RepoId name,
            Revision branch,
            boolean proposal,
            List<Candidate> candidates,
            Optional<byte[]> gitIgnore) {
        RepoKey repo = proposal ? writes.propose(caller, name) : writes.require(caller, name, branch);
        Optional<GitOid> head = revisions.branch(repo, branch).head();
        List<FilePath> paths = candidates.stream().map(Candidate::path).toList();
        Map<String, TreeEntry> present = present(repo, head, paths);
        AttributeRules attributes = AttributeRules.parse(attributeFiles.above(repo, head, paths));
        Optional<IgnoreRules> ignored =
                gitIgnore.or(() -> ignoreFile(repo, head)).map(IgnoreRules::parse);
        LfsRule rule = lfsRules.of(repo);
        List<Plan> plans = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            FilePath path = candidate.path();
            plans.add(new Plan(
                    path,
                    goesToLfs(rule, attributes, path, candidate.size()),
                    ignored.map(rules -> rules.ignores(path)).orElse(false),
                    Optional.ofNullable(present.get(path.text())).map(PreuploadService::contentId)));
        }
        return plans;
    }

    /**
     * Whether a file of this name and size is to come as an LFS file. What {@code .gitattributes} says of its name goes
     * before the list of suffixes, and the size before both; an empty file has nothing to store anywhere.
     */
    static boolean goesToLfs(LfsRule rule, AttributeRules attributes, FilePath path, long size) {
        if (size <= 0 || path.fileName().equals(AttributeRules.FILE_NAME)) {
            return false;
        }
        if (size >= rule.thresholdBytes()) {
            return true;
        }
        return attributes.lfs(path).orElseGet(() -> rule.takes(path, size));
    }

    private Map<String, TreeEntry> present(RepoKey repo, Optional<GitOid> head, List<FilePath> paths) {
        Map<String, TreeEntry> present = new HashMap<>();
        head.ifPresent(commit -> versions.entries(repo, commit, paths).stream()
                .filter(entry -> !entry.directory())
                .forEach(entry -> present.put(entry.path(), entry)));
        return present;
    }

    private Optional<byte[]> ignoreFile(RepoKey repo, Optional<GitOid> head) {
        return head.flatMap(commit -> versions.entry(repo, commit, IGNORE_FILE))
                .filter(entry -> !entry.directory() && entry.size() <= AttributeFiles.LONGEST)
                .map(entry -> versions.read(repo, entry.oid(), AttributeFiles.LONGEST));
    }

    /** By this a client sees that it has nothing to send: an LFS file's sha256, else the id of the blob. */
    private static String contentId(TreeEntry entry) {
        return entry.lfs()
                .map(pointer -> pointer.oid().hex())
                .orElse(entry.oid().hex());
    }

    /**
     * A file that a client wants to upload.
     *
     * @param size in bytes
     */
    public record Candidate(FilePath path, long size) {}

    /**
     * How it shall come.
     *
     * @param lfs by the object store; else inside the commit request
     * @param ignored not at all, because a .gitignore leaves it out
     * @param present what is at the path now, in the terms of {@link #contentId}
     */
    public record Plan(FilePath path, boolean lfs, boolean ignored, Optional<String> present) {}
}
