package org.kohakuhub.web.content;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import org.kohakuhub.content.ListedEntry;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.web.json.JsonAnswer;

/** Writes files and folders as listings show them. Here an LFS file's sha256 is called {@code oid}. */
final class EntryJson {
    private EntryJson() {}

    static void write(JsonGenerator json, List<ListedEntry> entries) {
        json.writeStartArray();
        entries.forEach(entry -> write(json, entry));
        json.writeEnd();
    }

    private static void write(JsonGenerator json, ListedEntry listed) {
        TreeEntry entry = listed.entry();
        json.writeStartObject()
                .write("type", entry.directory() ? "directory" : "file")
                .write("oid", entry.oid().hex())
                .write("size", entry.size())
                .write("path", entry.path());
        entry.lfs()
                .ifPresent(pointer -> json.writeStartObject("lfs")
                        .write("oid", pointer.oid().hex())
                        .write("size", pointer.size())
                        .write("pointerSize", pointer.pointerSize())
                        .writeEnd());
        listed.xet().ifPresent(hash -> json.write("xetHash", hash.hex()));
        listed.lastCommit()
                .ifPresent(commit -> json.writeStartObject("lastCommit")
                        .write("id", commit.oid().hex())
                        .write("title", commit.title())
                        .write("date", JsonAnswer.date(commit.date()))
                        .writeEnd());
        json.writeEnd();
    }
}
