package org.kohakuhub.weights;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Tells the heads of all files of a sharded model at once, where a client would ask for each of them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ShardedModels {
    /** Heads that are not known yet are read while somebody waits; the worker reads the others. */
    private static final WeightHeads.Limits LIMITS = new WeightHeads.Limits(64, 32 << 20);

    private final AccessPolicy access;
    private final Revisions revisions;
    private final VersionStore versions;
    private final Shards shards;
    private final WeightHeads heads;

    @SuppressWarnings("NullAway")
    protected ShardedModels() { // the container's proxy only
        this(null, null, null, null, null);
    }

    @Inject
    public ShardedModels(
            AccessPolicy access, Revisions revisions, VersionStore versions, Shards shards, WeightHeads heads) {
        this.access = access;
        this.revisions = revisions;
        this.versions = versions;
        this.shards = shards;
        this.heads = heads;
    }

    /**
     * What a model's index on {@code main} says, with its files, every one of which has a head.
     *
     * @param path empty where no file can have the path that the client wrote
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, ENTRY_NOT_FOUND; UNPROCESSABLE if this is no index, or one of its
     *     files is missing or damaged; UNAVAILABLE while too many of them have not been read yet
     */
    public Model find(Caller caller, RepoId name, Optional<FilePath> path) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        GitOid commit =
                revisions.commit(repo, Revision.parse(Revisions.DEFAULT_BRANCH)).orElseThrow(ShardedModels::missing);
        FilePath asked = path.orElseThrow(ShardedModels::missing);
        TreeEntry file = versions.entry(repo, commit, asked)
                .filter(entry -> !entry.directory())
                .orElseThrow(ShardedModels::missing);
        SafetensorsHead.Index index = heads.index(repo, file, LIMITS)
                .filter(found -> !found.shards().isEmpty())
                .orElseThrow(() -> refused("This file is no index of safetensors files"));
        Map<String, TreeEntry> files = shards.beside(repo, commit, asked, index.shards())
                .orElseThrow(() -> refused("The index names files that are not there"));
        Map<Sha256, ObjectInfo> contents = heads.granted(repo, files.values());
        Map<String, Optional<JsonObject>> read = heads.read(repo, List.copyOf(files.values()), contents, LIMITS)
                .orElseThrow(() -> new HubException(
                        ErrorKind.UNAVAILABLE, "The files of this model have not been read yet; try again later"));
        if (read.values().stream().anyMatch(Optional::isEmpty)) {
            throw refused("A file that the index names is no safetensors file");
        }
        return new Model(repo, index.metadata(), files, contents);
    }

    private static HubException missing() {
        return new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found");
    }

    private static HubException refused(String why) {
        return new HubException(ErrorKind.UNPROCESSABLE, why);
    }

    /**
     * Writes the JSON object that a file begins with.
     *
     * @throws IOException if its bytes cannot be read, or {@code out} is closed
     */
    public void writeHead(Model model, String shard, OutputStream out) throws IOException {
        TreeEntry file = model.files().get(shard);
        heads.copy(
                model.repo(), file, file.lfs().map(pointer -> model.contents().get(pointer.oid())), out);
    }

    /**
     * A sharded model.
     *
     * @param metadata of the index
     * @param files by the names that the index has for them, in their order
     * @param contents of those of the files that are not in git
     */
    public record Model(
            RepoKey repo, JsonObject metadata, Map<String, TreeEntry> files, Map<Sha256, ObjectInfo> contents) {}
}
