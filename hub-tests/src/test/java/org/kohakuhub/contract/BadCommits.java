package org.kohakuhub.contract;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.kohakuhub.contract.BadInputIT.BadRequest;
import org.kohakuhub.contract.BadInputIT.World;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.Operations;

/** Commit requests that must be refused. */
final class BadCommits {
    private static final byte[] X = Bytes.utf8("x");
    private static final String NOBODYS_OID = "0123456789abcdef".repeat(4);

    private BadCommits() {}

    static List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>(forms());
        all.addAll(contents());
        all.addAll(targets());
        List.of(
                        "../up.txt",
                        "a/../../b.txt",
                        "/etc/passwd",
                        "./a.txt",
                        "a//b.txt",
                        "dir/",
                        ".git/config",
                        "sub/.GIT/hooks/post-commit",
                        "sub/.git",
                        "a\\b.txt",
                        "line\nbreak.txt",
                        "nul\0.txt",
                        "bell\u0007.txt")
                .forEach(path -> all.add(bad(
                        "a file at " + path.replaceAll("\\p{Cntrl}", "?"),
                        422,
                        "",
                        "path",
                        Operations.commit("Add").file(path, X))));
        all.add(bad(
                "a file at the empty path",
                422,
                "",
                "path",
                Operations.commit("Add").file("", X)));
        all.add(bad(
                "a name of 256 bytes", 422, "", "255", Operations.commit("Add").file("n".repeat(256), X)));
        all.add(bad(
                "a path of 4200 bytes",
                422,
                "",
                "4096",
                Operations.commit("Add").file("n/".repeat(2100) + "x", X)));
        all.add(bad(
                "a deletion of ../a.txt",
                422,
                "",
                "path",
                Operations.commit("Go").deletedFile("../a.txt")));
        all.add(bad(
                "a deletion of the folder ..",
                422,
                "",
                "path",
                Operations.commit("Go").deletedFolder("../")));
        all.add(bad("a copy from .git", 422, "", "path", Operations.commit("Go").copyFile(".git/config", "main", "c")));
        return all;
    }

    private static List<BadRequest> forms() {
        return List.of(
                bad("no line at all", 400, "", "empty", Operations.none()),
                bad("a body that is no JSON", 400, "", "JSON", Operations.none().raw("hello")),
                bad(
                        "a first line that is no header",
                        400,
                        "",
                        "header",
                        Operations.none().raw(fileLine("a", "eA=="))),
                bad(
                        "a header without summary",
                        400,
                        "",
                        "summary",
                        Operations.none().raw(line("header", "{}"))),
                bad("a summary that is a number", 400, "", "summary", header("{\"summary\":5}")),
                bad("a line cut in the middle", 400, "", "JSON", commit("{\"key\":\"file\",\"value\":{\"path\":\"a\"")),
                bad("a JSON list as line", 400, "", "JSON", commit("[1,2]")),
                bad("an unknown key", 400, "", "explode", commit(line("explode", "{\"path\":\"a\"}"))),
                bad("a line without key", 400, "", "key", commit("{\"value\":{\"path\":\"a\"}}")),
                bad("a key that is a number", 400, "", "key", commit("{\"key\":7,\"value\":{}}")),
                bad("a line without value", 400, "", "value", commit("{\"key\":\"file\"}")),
                bad("a value that is a text", 400, "", "value", commit("{\"key\":\"file\",\"value\":\"a\"}")),
                bad("a second header", 400, "", "header", commit(line("header", "{\"summary\":\"again\"}"))),
                bad("a path that is a number", 400, "", "path", commit(line("deletedFile", "{\"path\":1}"))),
                bad("a file without path", 400, "", "path", commit(line("file", "{\"content\":\"eA==\"}"))),
                bad("JSON a hundred thousand levels deep", 400, "", "JSON", commit(deep())),
                new BadRequest(
                        "bytes that are no UTF-8",
                        w -> w.http().send("POST", w.repo().api() + "/commit/main", "application/x-ndjson", new byte[] {
                            '{', '"', (byte) 0xff, (byte) 0xfe, '"', '}', '\n'
                        }),
                        400,
                        "",
                        "JSON"));
    }

    private static List<BadRequest> contents() {
        return List.of(
                bad("wrong base64", 400, "", "base64", commit(fileLine("a.txt", "!!!not base64!!!"))),
                bad("base64 that is cut", 400, "", "base64", commit(fileLine("a.txt", "eHh4e"))),
                bad(
                        "an unknown encoding",
                        400,
                        "",
                        "encoding",
                        commit(line("file", "{\"path\":\"a\",\"content\":\"x\",\"encoding\":\"rot13\"}"))),
                bad(
                        "a content that is a number",
                        400,
                        "",
                        "content",
                        commit(line("file", "{\"path\":\"a\",\"content\":5,\"encoding\":\"base64\"}"))),
                bad(
                        "a good file before a bad one",
                        422,
                        "",
                        "path",
                        Operations.commit("Add").file("good.txt", X).file("../bad.txt", X)),
                bad(
                        "an LFS oid that is no sha256",
                        400,
                        "",
                        "oid",
                        Operations.commit("Add").lfsFile("l.bin", "abc", 3)),
                bad(
                        "an LFS oid that nobody uploaded",
                        422,
                        "",
                        "l.bin",
                        Operations.commit("Add").lfsFile("l.bin", NOBODYS_OID, 3)),
                bad(
                        "an LFS size that is negative",
                        400,
                        "",
                        "size",
                        Operations.commit("Add").lfsFile("l.bin", NOBODYS_OID, -3)),
                bad(
                        "another hash than sha256",
                        400,
                        "",
                        "oid",
                        commit(line(
                                "lfsFile",
                                "{\"path\":\"l.bin\",\"algo\":\"md5\",\"oid\":\"" + NOBODYS_OID + "\",\"size\":3}"))),
                new BadRequest(
                        "an LFS object of somebody's private repository",
                        w -> w.commit(Operations.commit("Steal").lfsFile("s.bin", w.bobsOid(), 3000)),
                        422,
                        "",
                        "s.bin"),
                new BadRequest(
                        "an LFS size that is not the object's",
                        w -> w.commit(
                                Operations.commit("Lie").lfsFile("l.bin", Bytes.sha256(Bytes.random(4000, 5)), 4001)),
                        422,
                        "",
                        "size"),
                bad(
                        "a content that only LFS may have",
                        413,
                        "",
                        "LFS",
                        Operations.commit("Add").file("big.txt", new byte[16 << 20])),
                bad(
                        "a summary of 70,000 letters",
                        400,
                        "",
                        "shorter",
                        Operations.commit("s".repeat(70_000)).file("a", X)),
                bad(
                        "a folder in place of a file",
                        422,
                        "",
                        "folder",
                        Operations.commit("Add").file("dir", X)),
                bad(
                        "a file below a file",
                        422,
                        "",
                        "a.txt",
                        Operations.commit("Add").file("a.txt/b", X)));
    }

    private static List<BadRequest> targets() {
        return List.of(
                bad(
                        "a deletion of what is not there",
                        404,
                        "EntryNotFound",
                        "none.txt",
                        Operations.commit("Go").deletedFile("none.txt")),
                bad(
                        "a deletion of a folder that is not there",
                        404,
                        "EntryNotFound",
                        "nodir",
                        Operations.commit("Go").deletedFolder("nodir/")),
                bad(
                        "a copy of what is not there",
                        404,
                        "EntryNotFound",
                        "none.txt",
                        Operations.commit("Copy").copyFile("none.txt", "main", "c.txt")),
                bad(
                        "a copy from an unknown revision",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id",
                        Operations.commit("Copy").copyFile("a.txt", "nope", "c.txt")),
                onto("an unknown branch", w -> "nope"),
                onto("a tag", w -> "v1"),
                onto("a commit id", World::first),
                onto("a name that no branch can have", w -> "a..b"),
                new BadRequest(
                        "a stale parentCommit",
                        w -> w.commit(Operations.commitOn(w.first(), "Late").file("late.txt", X)),
                        412,
                        "",
                        "The branch was updated since you opened this page"),
                new BadRequest(
                        "a pull request for what is no branch",
                        w -> w.http()
                                .send(
                                        "POST",
                                        w.repo().api() + "/commit/v1?create_pr=1",
                                        "application/x-ndjson",
                                        Operations.commit("PR")
                                                .file("pr.txt", X)
                                                .body()),
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"));
    }

    private static BadRequest onto(String name, Function<World, String> revision) {
        return new BadRequest(
                "a commit to " + name,
                w -> w.repo()
                        .commitAnswer(
                                revision.apply(w), Operations.commit("Add").file("n.txt", X)),
                404,
                "RevisionNotFound",
                "Invalid rev id");
    }

    private static BadRequest bad(String name, int status, String code, String fragment, Operations operations) {
        return new BadRequest("commit: " + name, w -> w.commit(operations), status, code, fragment);
    }

    private static Operations commit(String rawLine) {
        return Operations.commit("Bad").raw(rawLine);
    }

    private static Operations header(String value) {
        return Operations.none().raw(line("header", value)).file("a.txt", X);
    }

    private static String line(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":" + value + '}';
    }

    private static String fileLine(String path, String content) {
        return line(
                "file",
                Json.createObjectBuilder()
                        .add("path", path)
                        .add("encoding", "base64")
                        .add("content", content)
                        .build()
                        .toString());
    }

    private static String deep() {
        return "{\"key\":\"file\",\"value\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + '}';
    }
}
