package org.kohakuhub.version.git;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.kohakuhub.common.Digests;

/**
 * Keeps what was found out about last commits, by folder and the commit that was looked from. A folder keeps its newest
 * few, so that pages of it that were read at different heads, and branches, do not drive each other out.
 */
@Stateless
public class LastCommitRows {
    private static final int KEPT_PER_FOLDER = 8;
    private static final int FOLDERS_AT_ONCE = 500;
    private static final int LARGEST_FOLDER = 20_000;
    private static final Duration KEPT = Duration.ofDays(90);

    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected LastCommitRows() {
        this(null);
    }

    @Inject
    public LastCommitRows(InstantSource clock) {
        this.clock = clock;
    }

    /** What is known of these paths' folders: by commit, the last commits of whole paths. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Map<ObjectId, Map<String, ObjectId>> known(String repoId, Collection<String> paths) {
        Map<String, String> folders = paths.stream()
                .map(PathGroup::folder)
                .distinct()
                .collect(Collectors.toMap(LastCommitRows::hash, folder -> folder));
        Map<ObjectId, Map<String, ObjectId>> known = new HashMap<>();
        for (List<String> hashes : portions(folders.keySet())) {
            for (Object row : em.createNativeQuery("select folder_hash, seen_from, entries from last_commit_cache"
                            + " where repo_id = ?1 and folder_hash in (?2)")
                    .setParameter(1, repoId)
                    .setParameter(2, hashes)
                    .getResultList()) {
                Object[] columns = (Object[]) row;
                String folder = folders.get((String) columns[0]);
                Map<String, ObjectId> at =
                        known.computeIfAbsent(ObjectId.fromString((String) columns[1]), commit -> new HashMap<>());
                unpack((String) columns[2])
                        .forEach((name, commit) -> at.put(folder.isEmpty() ? name : folder + '/' + name, commit));
            }
        }
        return known;
    }

    /**
     * Adds what was found from a commit.
     *
     * @param found last commits by whole path; in place of what was known from the same commit
     */
    public void keep(String repoId, ObjectId from, Map<String, ObjectId> found) {
        Map<String, Map<String, ObjectId>> folders = new TreeMap<>();
        found.forEach((path, commit) -> {
            String folder = PathGroup.folder(path);
            String name = folder.isEmpty() ? path : path.substring(folder.length() + 1);
            folders.computeIfAbsent(hash(folder), hash -> new TreeMap<>()).put(name, commit);
        });
        folders.values().removeIf(entries -> entries.size() > LARGEST_FOLDER);
        for (List<String> hashes : portions(folders.keySet())) {
            insert(repoId, from, hashes, folders);
            em.createNativeQuery("delete from last_commit_cache where repo_id = ?1 and (folder_hash, seen_from) in"
                            + " (select folder_hash, seen_from from (select folder_hash, seen_from, row_number() over"
                            + " (partition by folder_hash order by created_at desc) as place from last_commit_cache"
                            + " where repo_id = ?1 and folder_hash in (?2)) placed where place > ?3)")
                    .setParameter(1, repoId)
                    .setParameter(2, hashes)
                    .setParameter(3, KEPT_PER_FOLDER)
                    .executeUpdate();
        }
    }

    private void insert(String repoId, ObjectId from, List<String> hashes, Map<String, Map<String, ObjectId>> folders) {
        StringBuilder sql = new StringBuilder(
                "insert into last_commit_cache (repo_id, seen_from, created_at, folder_hash, entries) values ");
        for (int i = 0; i < hashes.size(); i++) {
            int place = 4 + 2 * i;
            sql.append(i == 0 ? "" : ", ").append("(?1, ?2, ?3, ?" + place + ", ?" + (place + 1) + ")");
        }
        sql.append(" on conflict (repo_id, folder_hash, seen_from) do update set entries = excluded.entries");
        var insertion = em.createNativeQuery(sql.toString())
                .setParameter(1, repoId)
                .setParameter(2, from.name())
                .setParameter(3, clock.millis());
        for (int i = 0; i < hashes.size(); i++) {
            insertion.setParameter(4 + 2 * i, hashes.get(i)).setParameter(5 + 2 * i, pack(folders.get(hashes.get(i))));
        }
        insertion.executeUpdate();
    }

    /** Once a day. */
    @Schedule(hour = "4", minute = "11", persistent = false)
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void sweep() {
        forgetBefore(clock.instant().minus(KEPT).toEpochMilli());
    }

    /** Forgets what was found before {@code before}: branches that are gone, folders that nobody asks about. */
    public void forgetBefore(long before) {
        em.createNativeQuery("delete from last_commit_cache where created_at < ?1")
                .setParameter(1, before)
                .executeUpdate();
    }

    private static List<List<String>> portions(Collection<String> hashes) {
        List<String> all = List.copyOf(hashes);
        List<List<String>> portions = new ArrayList<>();
        for (int i = 0; i < all.size(); i += FOLDERS_AT_ONCE) {
            portions.add(all.subList(i, Math.min(all.size(), i + FOLDERS_AT_ONCE)));
        }
        return portions;
    }

    private static String hash(String folder) {
        return HexFormat.of().formatHex(Digests.sha256().digest(folder.getBytes(StandardCharsets.UTF_8)));
    }

    private static String pack(Map<String, ObjectId> entries) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
            out.writeInt(entries.size());
            for (Map.Entry<String, ObjectId> entry : entries.entrySet()) {
                out.writeUTF(entry.getKey());
                entry.getValue().copyRawTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static Map<String, ObjectId> unpack(String packed) {
        Map<String, ObjectId> entries = new HashMap<>();
        byte[] bytes = Base64.getDecoder().decode(packed);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            byte[] id = new byte[20];
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                in.readFully(id);
                entries.put(name, ObjectId.fromRaw(id));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
