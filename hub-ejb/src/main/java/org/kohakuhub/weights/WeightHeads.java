package org.kohakuhub.weights;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;
import org.kohakuhub.xet.XetFiles;

/** Reads the heads of files, wherever their bytes are: in git, whole in the object store, or as Xet's chunks. */
@ApplicationScoped
class WeightHeads {
    private final VersionStore versions;
    private final ContentObjects contents;
    private final XetFiles xet;
    private final HeadRows rows;

    @SuppressWarnings("NullAway")
    protected WeightHeads() { // the container's proxy only
        this(null, null, null, null);
    }

    @Inject
    WeightHeads(VersionStore versions, ContentObjects contents, XetFiles xet, HeadRows rows) {
        this.versions = versions;
        this.contents = contents;
        this.xet = xet;
        this.rows = rows;
    }

    /**
     * How much may be read.
     *
     * @param files whose heads are not known yet
     * @param bytes of one head
     */
    record Limits(int files, int bytes) {
        /** While somebody waits. */
        static final Limits OF_A_REQUEST = new Limits(4, 8 << 20);

        /** In the background. */
        static final Limits OF_THE_WORKER = new Limits(2_000, 64 << 20);
    }

    /**
     * The heads of these files by their paths; damaged ones are empty.
     *
     * @return empty if more would have to be read than the limits allow
     */
    Optional<Map<String, Optional<JsonObject>>> read(RepoKey repo, List<TreeEntry> files, Limits limits) {
        return read(repo, files, granted(repo, files), limits);
    }

    /**
     * The same with the contents that the repository has a right to: of others it gets nothing told, as if they were
     * damaged.
     */
    Optional<Map<String, Optional<JsonObject>>> read(
            RepoKey repo, List<TreeEntry> files, Map<Sha256, ObjectInfo> granted, Limits limits) {
        Map<Sha256, Optional<String>> known = new HashMap<>(rows.find(granted.keySet()));
        Map<String, Optional<JsonObject>> heads = new HashMap<>();
        int budget = limits.files();
        for (TreeEntry file : files) {
            Optional<Sha256> oid = file.lfs().map(LfsPointer::oid);
            if (oid.isPresent() && !granted.containsKey(oid.get())) {
                heads.put(file.path(), Optional.empty());
                continue;
            }
            if (oid.isPresent() && known.containsKey(oid.get())) {
                heads.put(file.path(), known.get(oid.get()).map(WeightHeads::object));
                continue;
            }
            if (budget-- == 0) {
                return Optional.empty();
            }
            Head head = head(repo, file, oid.map(granted::get), limits.bytes());
            if (head == Head.TOO_LONG && limits.bytes() < Limits.OF_THE_WORKER.bytes()) {
                return Optional.empty();
            }
            oid.ifPresent(content -> {
                rows.keep(content, head.facts().map(JsonObject::toString));
                known.put(content, head.facts().map(JsonObject::toString));
            });
            heads.put(file.path(), head.facts());
        }
        return Optional.of(heads);
    }

    /** Of the contents of these files those that the repository has a right to. */
    Map<Sha256, ObjectInfo> granted(RepoKey repo, Collection<TreeEntry> files) {
        return contents.granted(
                repo,
                files.stream()
                        .flatMap(file -> file.lfs().stream())
                        .map(LfsPointer::oid)
                        .distinct()
                        .toList());
    }

    /** What an index says; empty if it is none, or a longer one. */
    Optional<SafetensorsHead.Index> index(RepoKey repo, TreeEntry index, Limits limits) {
        Optional<ObjectInfo> info = index.lfs()
                .map(LfsPointer::oid)
                .map(oid -> contents.granted(repo, List.of(oid)).get(oid));
        if (index.size() > limits.bytes() || index.lfs().isPresent() && info.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(open(repo, index, info, limits.bytes()))) {
            return Optional.of(SafetensorsHead.index(in));
        } catch (MalformedHeadException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies the JSON of a file's head, which was read before and is whole.
     *
     * @param info of the file's content; empty for a file in git
     */
    void copy(RepoKey repo, TreeEntry file, Optional<ObjectInfo> info, OutputStream out) throws IOException {
        try (InputStream in = open(repo, file, info, Limits.OF_THE_WORKER.bytes())) {
            SafetensorsHead.copy(in, out);
        }
    }

    private Head head(RepoKey repo, TreeEntry file, Optional<ObjectInfo> info, int limit) {
        try (InputStream in = open(repo, file, info, limit)) {
            JsonObjectBuilder facts = Json.createObjectBuilder();
            if (file.path().endsWith(".gguf")) {
                write(facts, GgufHead.read(in));
            } else {
                JsonObjectBuilder parameters = Json.createObjectBuilder();
                Map<String, Long> counts = SafetensorsHead.read(in, limit);
                counts.forEach(parameters::add);
                facts.add("parameters", parameters)
                        .add("total", counts.values().stream().reduce(0L, Math::addExact));
            }
            return new Head(Optional.of(facts.build()));
        } catch (MalformedHeadException | ArithmeticException e) {
            return Head.DAMAGED;
        } catch (EOFException e) {
            return file.size() > limit ? Head.TOO_LONG : Head.DAMAGED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonObjectBuilder facts, GgufHead head) {
        facts.add("total", head.total());
        head.architecture().ifPresent(text -> facts.add("architecture", text));
        head.contextLength().ifPresent(length -> facts.add("context_length", length));
        head.chatTemplate().ifPresent(text -> facts.add("chat_template", text));
        head.quantization().ifPresent(text -> facts.add("quantize_imatrix_file", text));
    }

    private InputStream open(RepoKey repo, TreeEntry file, Optional<ObjectInfo> info, int limit) {
        if (info.isEmpty()) {
            return versions.open(repo, file.oid());
        }
        Sha256 oid = info.get().sha256();
        return new PiecewiseStream(
                (from, length) -> contents.open(repo, oid, from, length)
                        .or(() -> info.get().xet().map(hash -> xet.open(hash, from, length)))
                        .orElseThrow(() -> new IOException("The bytes of " + oid + " are away")),
                Math.min(file.size(), limit));
    }

    private static JsonObject object(String stored) {
        try (JsonReader reader = Json.createReader(new StringReader(stored))) {
            return reader.readObject();
        }
    }

    private record Head(Optional<JsonObject> facts) {
        static final Head DAMAGED = new Head(Optional.empty());
        static final Head TOO_LONG = new Head(Optional.empty());
    }
}
