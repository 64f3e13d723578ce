package org.kohakuhub.web.bucket;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import org.kohakuhub.bucket.BucketEntry;
import org.kohakuhub.bucket.BucketFile;
import org.kohakuhub.bucket.BucketRecord;
import org.kohakuhub.web.json.JsonAnswer;

/** Writes buckets and what is in them; the field names are the contract's. */
final class BucketJson {
    private BucketJson() {}

    static void write(JsonGenerator json, BucketRecord bucket) {
        json.writeStartObject()
                .write("_id", bucket.id())
                .write("type", "bucket")
                .write("id", bucket.name().fullName())
                .write("author", bucket.name().namespace())
                .write("private", bucket.isPrivate())
                .write("createdAt", JsonAnswer.date(bucket.createdAt()))
                .write("updatedAt", JsonAnswer.date(bucket.modifiedAt()))
                .write("size", bucket.size())
                .write("totalFiles", bucket.files())
                .writeEnd();
    }

    static void write(JsonGenerator json, BucketFile file) {
        json.writeStartObject()
                .write("type", "file")
                .write("path", file.path())
                .write("size", file.size())
                .write("xetHash", file.hash().hex())
                .write("mtime", JsonAnswer.date(file.mtime()))
                .write("uploadedAt", JsonAnswer.date(file.uploadedAt()));
        file.contentType().ifPresent(type -> json.write("contentType", type));
        json.writeEnd();
    }

    static void entries(JsonGenerator json, List<BucketEntry> entries) {
        json.writeStartArray();
        for (BucketEntry entry : entries) {
            if (entry instanceof BucketEntry.File file) {
                write(json, file.file());
            } else {
                json.writeStartObject()
                        .write("type", "directory")
                        .write("path", entry.path())
                        .writeEnd();
            }
        }
        json.writeEnd();
    }
}
