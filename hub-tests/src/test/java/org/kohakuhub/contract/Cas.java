package org.kohakuhub.contract;

import jakarta.json.JsonObject;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.xet.format.Packed;

/**
 * The CAS endpoints, as whoever holds one token uses them (docs/xet-protocol.md, 2).
 *
 * @param url where they are, without trailing slash
 */
record Cas(RunningHub hub, String url, String token) {
    /** With a token of the owner's for sending files to {@code main}. */
    static Cas writing(TestRepo repo) {
        return writing(repo, repo.owner().http());
    }

    static Cas writing(TestRepo repo, HubHttp who) {
        return of(repo, who.get(repo.api() + "/xet-write-token/main"));
    }

    /** With a token of the owner's for fetching what is at {@code main}. */
    static Cas reading(TestRepo repo) {
        return reading(repo, repo.owner().http());
    }

    static Cas reading(TestRepo repo, HubHttp who) {
        return of(repo, who.get(repo.api() + "/xet-read-token/main"));
    }

    private static Cas of(TestRepo repo, Answer answer) {
        JsonObject grant = answer.expect(200).json();
        return new Cas(repo.owner().hub(), grant.getString("casUrl"), grant.getString("accessToken"));
    }

    HubHttp http() {
        return hub.bearer(token);
    }

    Answer xorb(XetHash hash, byte[] body) {
        return http().send("POST", xorbUrl(hash.hex()), null, body);
    }

    String xorbUrl(String hash) {
        return url + "/v1/xorbs/default/" + hash;
    }

    /** Sends a shard to the first version's address, which answers when all is done. */
    Answer shard(byte[] shard) {
        return http().send("POST", url + "/v1/shards", null, shard);
    }

    /** Sends a shard to the address that tells how far the work is. */
    Answer shardWithProgress(byte[] shard) {
        return http().send("POST", url + "/v2/shards", null, shard);
    }

    Answer plan(XetHash file, String range) {
        return http().with("Range", range).get(planUrl(file.hex()));
    }

    String planUrl(String file) {
        return url + "/v2/reconstructions/" + file;
    }

    Answer chunk(XetHash chunk) {
        return http().get(url + "/v1/chunks/default/" + chunk);
    }

    /** The whole file, put together by the hub. */
    Answer file(XetHash file) {
        return http().get(url + "/v1/files/" + file);
    }

    /** Sends a content as the client does. */
    Packed upload(byte[] content) {
        Packed packed = Packed.of(content);
        xorb(packed.xorb().hash(), packed.body()).expect(200);
        shard(packed.shard()).expect(200);
        return packed;
    }

    /** A content of this length that nobody has, packed, sent, and committed as {@code a.bin}. */
    static Packed committed(TestRepo repo, int size) {
        Packed packed = writing(repo).upload(Bytes.fresh(size));
        repo.commit(link(packed));
        return packed;
    }

    /** The commit of a content as {@code a.bin}. */
    static Operations link(Packed packed) {
        return Operations.commit("Add").lfsFile("a.bin", packed.sha256().hex(), packed.content().length);
    }
}
