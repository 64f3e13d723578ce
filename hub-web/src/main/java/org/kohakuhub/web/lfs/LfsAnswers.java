package org.kohakuhub.web.lfs;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.kohakuhub.lfs.BatchAnswer;
import org.kohakuhub.lfs.FileLock;
import org.kohakuhub.lfs.LockService;
import org.kohakuhub.lfs.ObjectAnswer;
import org.kohakuhub.lfs.ObjectAnswer.Fetch;
import org.kohakuhub.lfs.ObjectAnswer.FetchHere;
import org.kohakuhub.lfs.ObjectAnswer.Known;
import org.kohakuhub.lfs.ObjectAnswer.Refused;
import org.kohakuhub.lfs.ObjectAnswer.Send;
import org.kohakuhub.lfs.ObjectAnswer.SendParts;

/**
 * Writes what LFS clients are told. By hand and not by a binding, as the presence of a key is part of the contract:
 * clients break on {@code actions}, {@code header} or {@code error} that are there and null.
 */
final class LfsAnswers {
    private static final JsonProvider JSON = JsonProvider.provider(); // finding it costs a search each time

    private LfsAnswers() {}

    /** The body of a batch's answer. */
    static byte[] batch(BatchAnswer answer) {
        JsonArrayBuilder objects = JSON.createArrayBuilder();
        answer.objects().forEach(object -> objects.add(object(object)));
        return bytes(JSON.createObjectBuilder()
                .add("transfer", answer.inParts() ? "multipart" : "basic")
                .add("objects", objects)
                .add("hash_algo", "sha256"));
    }

    /** One lock. */
    static byte[] lock(FileLock lock) {
        return bytes(JSON.createObjectBuilder().add("lock", describe(lock)));
    }

    /** A refusal that says who was first. */
    static byte[] alreadyLocked(FileLock lock, String requestId) {
        return bytes(JSON.createObjectBuilder()
                .add("lock", describe(lock))
                .add("message", "already created lock")
                .add("request_id", requestId));
    }

    /** A page of locks. */
    static byte[] locks(LockService.Page page) {
        JsonArrayBuilder locks = JSON.createArrayBuilder();
        page.locks().forEach(lock -> locks.add(describe(lock)));
        JsonObjectBuilder json = JSON.createObjectBuilder().add("locks", locks);
        page.next().ifPresent(next -> json.add("next_cursor", next));
        return bytes(json);
    }

    /** A page of locks, those of this user and those of others. */
    static byte[] verified(LockService.Page page, String userId) {
        JsonArrayBuilder ours = JSON.createArrayBuilder();
        JsonArrayBuilder theirs = JSON.createArrayBuilder();
        page.locks().forEach(lock -> (lock.ownerId().equals(userId) ? ours : theirs).add(describe(lock)));
        JsonObjectBuilder json = JSON.createObjectBuilder().add("ours", ours).add("theirs", theirs);
        page.next().ifPresent(next -> json.add("next_cursor", next));
        return bytes(json);
    }

    private static JsonObjectBuilder describe(FileLock lock) {
        return JSON.createObjectBuilder()
                .add("id", lock.id())
                .add("path", lock.path().text())
                .add("locked_at", lock.lockedAt().toString())
                .add("owner", JSON.createObjectBuilder().add("name", lock.owner()));
    }

    /** An empty object, where the status says all. */
    static byte[] done() {
        return bytes(JSON.createObjectBuilder());
    }

    private static JsonObjectBuilder object(ObjectAnswer answer) {
        JsonObjectBuilder json =
                JSON.createObjectBuilder().add("oid", answer.oid()).add("size", answer.size());
        if (answer instanceof Known) {
            return json;
        } else if (answer instanceof Fetch fetch) {
            return download(json, link(fetch.href()), fetch.life());
        } else if (answer instanceof FetchHere fetch) {
            JsonObjectBuilder header = JSON.createObjectBuilder().add("Authorization", fetch.authorization());
            return download(json, link(fetch.href()).add("header", header), fetch.life());
        } else if (answer instanceof Send send) {
            return json.add(
                    "actions",
                    JSON.createObjectBuilder()
                            .add(
                                    "upload",
                                    link(send.href())
                                            .add("expires_in", send.life().toSeconds()))
                            .add("verify", link(send.verify())));
        } else if (answer instanceof SendParts send) {
            return json.add(
                    "actions",
                    JSON.createObjectBuilder()
                            .add(
                                    "upload",
                                    link(send.join())
                                            .add("header", partHeader(send))
                                            .add("expires_in", send.life().toSeconds()))
                            .add("verify", link(send.verify())));
        } else if (answer instanceof Refused refused) {
            return json.add(
                    "error",
                    JSON.createObjectBuilder().add("code", refused.status()).add("message", refused.sentence()));
        }
        throw new AssertionError(answer);
    }

    private static JsonObjectBuilder download(JsonObjectBuilder json, JsonObjectBuilder link, Duration life) {
        // keeps git-lfs from offering its credentials to the object store
        return json.add("authenticated", true)
                .add("actions", JSON.createObjectBuilder().add("download", link.add("expires_in", life.toSeconds())));
    }

    private static JsonObjectBuilder partHeader(SendParts send) {
        JsonObjectBuilder header = JSON.createObjectBuilder().add("chunk_size", String.valueOf(send.partSize()));
        int number = 1;
        for (URI part : send.parts()) {
            header.add(String.format("%05d", number++), part.toString());
        }
        return header;
    }

    private static JsonObjectBuilder link(URI href) {
        return JSON.createObjectBuilder().add("href", href.toString());
    }

    private static byte[] bytes(JsonObjectBuilder json) {
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
