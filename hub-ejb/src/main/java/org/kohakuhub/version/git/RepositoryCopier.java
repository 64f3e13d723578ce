package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.version.Author;

/**
 * Copies a repository's branches, tags and objects into one that is empty. Packs are copied as they are, the large ones
 * inside the object store: nothing is read, and it costs the same for a thousand commits as for one. Objects that no ref
 * reaches come along; nobody can fetch them by name.
 */
@ApplicationScoped
public class RepositoryCopier {
    private static final String UNREACHABLE = "UNREACHABLE_GARBAGE";

    private final Storage storage;

    /** For the container's proxy only. */
    protected RepositoryCopier() {
        this(null);
    }

    @Inject
    RepositoryCopier(Storage storage) {
        this.storage = storage;
    }

    /**
     * Copies. No transaction may be open: the object store is asked.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND if the target was deleted meanwhile
     */
    public void copy(RepoKey from, RepoKey to, Author actor) {
        // refs first: packs that are listed later hold all that these lead to
        List<RefStep> steps = Stream.of(RefNames.HEADS, RefNames.TAGS)
                .flatMap(prefix -> storage.refs().all(from.id(), prefix).stream())
                .filter(ref -> ref.oid() != null)
                .map(RepositoryCopier::step)
                .toList();
        List<StagedPack> staged = new ArrayList<>();
        Map<String, String> copies = new LinkedHashMap<>();
        Map<String, Long> sizes = new HashMap<>();
        for (GitPack pack : storage.packs().live(from.id())) {
            if (!pack.source.equals(UNREACHABLE)) {
                staged.add(stage(pack, to, copies, sizes));
            }
        }
        if (steps.isEmpty()) {
            return;
        }
        if (!copies.isEmpty()) {
            storage.publisher().intend(to.id(), copies.keySet());
            copies.forEach((copy, original) -> storage.objects().copy(original, copy, sizes.get(copy)));
        }
        storage.publisher().publish(to, staged, steps, actor.name(), "duplicate of " + from.name());
    }

    private static RefStep step(RefRows.Row ref) {
        return new RefStep(
                ref.name(),
                Optional.empty(),
                Optional.of(new GitOid(ref.oid())),
                Optional.ofNullable(ref.peeled()).map(GitOid::new));
    }

    /** Names are unique for ever, because caches are keyed by them: a copy has one of its own. */
    private StagedPack stage(GitPack pack, RepoKey to, Map<String, String> copies, Map<String, Long> sizes) {
        String name = "pack-" + UUID.randomUUID().toString().replace("-", "");
        List<PackFile> files = PackFile.parse(pack.exts);
        Map<String, byte[]> inline = new HashMap<>();
        for (PackFile file : files) {
            if (file.inline()) {
                inline.put(
                        file.ext(),
                        storage.packs().inline(pack.name, file.ext()).orElseThrow());
            } else {
                String copy = PackFile.key(to.id(), name, file.ext());
                copies.put(copy, PackFile.key(pack.repoId, pack.name, file.ext()));
                sizes.put(copy, file.size());
            }
        }
        return new StagedPack(
                name, pack.source, files, inline, pack.objectCount, pack.deltaCount, pack.packBytes, pack.createdAt);
    }
}
