package org.kohakuhub.weights;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.RepositoryInfo;
import org.kohakuhub.repo.RepositoryRows;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/**
 * Tells what a repository's weights are, of a {@link RepositoryInfo} that the caller was given: those of the default
 * branch from its row, once the worker has been there, and any other's from the heads that are known, of which a few
 * more are read.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WeightsService {
    private static final FilePath SINGLE = new FilePath("model.safetensors");
    private static final FilePath INDEX = new FilePath("model.safetensors.index.json");
    private static final FilePath ADAPTER = new FilePath("adapter_model.safetensors");

    /** Names of the root among which a GGUF file is looked for. */
    private static final int LOOKED_AT = 200;

    private final VersionStore versions;
    private final WeightHeads heads;
    private final Shards shards;
    private final RepositoryRows rows;

    @SuppressWarnings("NullAway")
    protected WeightsService() { // the container's proxy only
        this(null, null, null, null);
    }

    @Inject
    public WeightsService(VersionStore versions, WeightHeads heads, Shards shards, RepositoryRows rows) {
        this.versions = versions;
        this.heads = heads;
        this.shards = shards;
        this.rows = rows;
    }

    /**
     * What the weights of a model at its commit are: a JSON object with {@code safetensors} and {@code gguf}, of which
     * there may be none. Empty also while the worker has not read what is too much for a request.
     */
    public Optional<String> weights(RepositoryInfo info) {
        Optional<GitOid> commit = info.commit();
        if (commit.isEmpty() || info.key().name().type() != RepoType.MODEL) {
            return Optional.empty();
        }
        if (commit.equals(info.repository().weightsCommit())) {
            return info.repository().weights();
        }
        Optional<JsonObject> read = read(info.key(), commit.get(), WeightHeads.Limits.OF_A_REQUEST);
        if (commit.equals(info.repository().card().commit())) {
            read.ifPresent(weights -> keep(info.key(), commit.get(), weights));
        }
        return read.filter(weights -> !weights.isEmpty()).map(JsonObject::toString);
    }

    /** Bytes of all files at the commit. */
    public long mainSize(RepositoryInfo info) {
        if (info.commit().isPresent()
                && info.commit().equals(info.repository().weightsCommit())
                && info.repository().mainSize().isPresent()) {
            return info.repository().mainSize().getAsLong();
        }
        return info.commit().map(commit -> size(info.key(), commit)).orElse(0L);
    }

    /** Reads again what the default branch has, in the background, and keeps it. */
    public void refresh(RepoKey repo, GitOid commit) {
        if (repo.name().type() == RepoType.MODEL) {
            keep(
                    repo,
                    commit,
                    read(repo, commit, WeightHeads.Limits.OF_THE_WORKER).orElse(JsonObject.EMPTY_JSON_OBJECT));
        } else if (repo.name().type() == RepoType.DATASET) {
            rows.keepWeights(
                    repo.id(), commit, Optional.empty(), OptionalLong.empty(), OptionalLong.of(size(repo, commit)));
        } else {
            rows.keepWeights(repo.id(), commit, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }

    private void keep(RepoKey repo, GitOid commit, JsonObject weights) {
        rows.keepWeights(
                repo.id(),
                commit,
                Optional.of(weights).filter(any -> !any.isEmpty()).map(JsonObject::toString),
                total(weights, "safetensors").or(() -> total(weights, "gguf")).stream()
                        .mapToLong(Long::longValue)
                        .findFirst(),
                OptionalLong.empty());
    }

    private static Optional<Long> total(JsonObject weights, String format) {
        return weights.get(format) instanceof JsonObject facts && facts.get("total") instanceof JsonNumber total
                ? Optional.of(total.longValue())
                : Optional.empty();
    }

    private long size(RepoKey repo, GitOid commit) {
        AtomicLong bytes = new AtomicLong();
        versions.forEachFile(repo, commit, file -> bytes.addAndGet(file.size()));
        return bytes.get();
    }

    /** Empty if it is more than the limits allow. */
    private Optional<JsonObject> read(RepoKey repo, GitOid commit, WeightHeads.Limits limits) {
        JsonObjectBuilder weights = Json.createObjectBuilder();
        List<TreeEntry> tensors = safetensors(repo, commit, limits);
        Optional<TreeEntry> gguf = gguf(repo, commit);
        if (!tensors.isEmpty()) {
            Optional<Map<String, Optional<JsonObject>>> found = heads.read(repo, tensors, limits);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            sum(found.get().values()).ifPresent(sum -> weights.add("safetensors", sum));
        }
        if (gguf.isPresent()) {
            Optional<Map<String, Optional<JsonObject>>> found = heads.read(repo, List.of(gguf.get()), limits);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            found.get().values().forEach(facts -> facts.ifPresent(head -> weights.add("gguf", head)));
        }
        return Optional.of(weights.build());
    }

    private List<TreeEntry> safetensors(RepoKey repo, GitOid commit, WeightHeads.Limits limits) {
        List<TreeEntry> known = versions.entries(repo, commit, List.of(SINGLE, INDEX, ADAPTER)).stream()
                .filter(entry -> !entry.directory())
                .toList();
        Optional<TreeEntry> index = at(known, INDEX);
        if (at(known, SINGLE).isEmpty() && index.isPresent()) {
            return heads.index(repo, index.get(), limits)
                    .flatMap(read -> shards.beside(repo, commit, INDEX, read.shards()))
                    .map(files -> List.copyOf(files.values()))
                    .orElse(List.of()); // half a model has no size
        }
        return at(known, SINGLE).or(() -> at(known, ADAPTER)).stream().toList();
    }

    private static Optional<TreeEntry> at(List<TreeEntry> entries, FilePath path) {
        return entries.stream()
                .filter(entry -> entry.path().equals(path.text()))
                .findFirst();
    }

    private Optional<TreeEntry> gguf(RepoKey repo, GitOid commit) {
        return versions.list(repo, commit, Optional.empty(), false, "", LOOKED_AT).entries().stream()
                .filter(entry -> !entry.directory() && entry.path().endsWith(".gguf"))
                .findFirst();
    }

    /** The counts of several files together; none if one of them is damaged. */
    private static Optional<JsonObject> sum(Collection<Optional<JsonObject>> heads) {
        Map<String, Long> counts = new TreeMap<>();
        for (Optional<JsonObject> head : heads) {
            if (head.isEmpty()) {
                return Optional.empty();
            }
            JsonObject parameters = head.get().getJsonObject("parameters");
            parameters.forEach((type, count) -> counts.merge(type, ((JsonNumber) count).longValue(), Long::sum));
        }
        JsonObjectBuilder parameters = Json.createObjectBuilder();
        counts.forEach(parameters::add);
        return Optional.of(Json.createObjectBuilder()
                .add("parameters", parameters)
                .add(
                        "total",
                        counts.values().stream().mapToLong(Long::longValue).sum())
                .build());
    }
}
