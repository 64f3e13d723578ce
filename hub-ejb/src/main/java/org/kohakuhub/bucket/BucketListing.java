package org.kohakuhub.bucket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.bucket.BucketFileService.Page;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Lists what is in a bucket, a page at a time, each beginning where the one before ended. */
@ApplicationScoped
class BucketListing {
    /** Of a folder one row would do; of files as many as the page has. */
    private static final int ROWS = 200;

    /** A page of one level ends early after so many looks into the table: each folder may cost one. */
    private static final int LOOKS = 200;

    private final BucketFileRows files;

    /** For the container's proxy only. */
    protected BucketListing() {
        this(null);
    }

    @Inject
    BucketListing(BucketFileRows files) {
        this.files = files;
    }

    Page all(BucketKey bucket, String prefix, String cursor, int limit) {
        if (!isText(prefix)) {
            return new Page(List.of(), Optional.empty());
        }
        List<BucketFile> found = files.page(bucket.id(), prefix, read(cursor), limit + 1);
        boolean more = found.size() > limit;
        List<BucketFile> page = more ? found.subList(0, limit) : found;
        return new Page(
                page.stream().<BucketEntry>map(BucketEntry.File::new).toList(),
                more ? Optional.of(cursor(page.get(limit - 1).path())) : Optional.empty());
    }

    Page level(BucketKey bucket, String path, String cursor, int limit) {
        if (!isText(path)) {
            return new Page(List.of(), Optional.empty());
        }
        String stripped = path.replaceAll("^/+|/+$", "");
        Level level = new Level(bucket, stripped.isEmpty() ? "" : stripped + '/', read(cursor), limit);
        if (cursor.isEmpty() && stripped.equals(path) && !path.isEmpty()) {
            level.begin(files.find(bucket.id(), List.of(path)).values());
        }
        return level.read();
    }

    /** Walks one level; behind a folder it goes on where the folder's files end. */
    private final class Level {
        private final BucketKey bucket;
        private final String folder;
        private final int limit;
        private final List<BucketEntry> entries = new ArrayList<>();
        private String after;

        Level(BucketKey bucket, String folder, String after, int limit) {
            this.bucket = bucket;
            this.folder = folder;
            this.after = after;
            this.limit = limit;
        }

        /** The folder's own name may be a file's too. */
        void begin(Collection<BucketFile> sameName) {
            sameName.forEach(file -> entries.add(new BucketEntry.File(file)));
            after = folder;
        }

        Page read() {
            for (int look = 0; look < LOOKS; look++) {
                List<BucketFile> rows = files.page(bucket.id(), folder, after, ROWS);
                for (BucketFile row : rows) {
                    if (isBehind(row.path())) {
                        continue;
                    }
                    if (entries.size() >= limit) {
                        return new Page(entries, Optional.of(cursor(after)));
                    }
                    add(row);
                }
                if (rows.size() < ROWS) {
                    return new Page(entries, Optional.empty());
                }
            }
            return new Page(entries, Optional.of(cursor(after)));
        }

        /** Whether the row belongs to the folder that was shown last. */
        private boolean isBehind(String path) {
            return after.endsWith(BucketFileRows.LAST)
                    && path.startsWith(after.substring(0, after.length() - BucketFileRows.LAST.length()));
        }

        private void add(BucketFile file) {
            int slash = file.path().indexOf('/', folder.length());
            if (slash < 0) {
                entries.add(new BucketEntry.File(file));
                after = file.path();
            } else {
                entries.add(new BucketEntry.Folder(file.path().substring(0, slash)));
                after = file.path().substring(0, slash + 1) + BucketFileRows.LAST;
            }
        }
    }

    private static String cursor(String after) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(after.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String cursor) {
        try {
            String after = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (isText(after)) {
                return after;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new HubException(ErrorKind.INVALID, "Invalid cursor");
    }

    /** Whether a path could begin so: the databases take no other text. */
    private static boolean isText(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
