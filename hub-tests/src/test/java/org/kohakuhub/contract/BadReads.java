package org.kohakuhub.contract;

import java.util.List;
import java.util.function.Function;
import org.kohakuhub.contract.BadInputIT.BadRequest;
import org.kohakuhub.contract.BadInputIT.World;

/** Requests that ask for what is not there, or not in a way that can be understood. */
final class BadReads {
    private BadReads() {}

    static List<BadRequest> all() {
        return List.of(
                get("an unknown repository", w -> w.repo().api() + "x", 404, "RepoNotFound", "Repository not found"),
                get("an unknown namespace", w -> "/api/models/nobody-0/x", 404, "RepoNotFound", "Repository not found"),
                get("a search for a NUL", w -> "/api/models?search=a%00b", 400, "", "NUL"),
                get("an unknown type", w -> "/api/gadgets/" + w.repo().id(), 404, "", "not found"),
                get(
                        "a dataset that is a model",
                        w -> "/api/datasets/" + w.repo().id(),
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                get(
                        "a repository name that breaks the rule",
                        w -> "/api/models/a..b/c--d",
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                get(
                        "a name of 97 letters",
                        w -> "/api/models/" + "n".repeat(97) + "/x",
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                get(
                        "a private repository of another",
                        w -> w.bobs().api(),
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                get("its tree", w -> w.bobs().api() + "/tree/main", 404, "RepoNotFound", "Repository not found"),
                get(
                        "its file",
                        w -> w.bobs().resolve("main", "secret.bin"),
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                get(
                        "an unknown revision",
                        w -> w.repo().api() + "/revision/nope",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                get(
                        "a revision with ..",
                        w -> w.repo().api() + "/revision/a..b",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                get(
                        "a commit that is nowhere",
                        w -> w.repo().api() + "/revision/" + "1".repeat(40),
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                get(
                        "a commit of another repository",
                        w -> w.repo().api() + "/revision/" + w.bobs().head(),
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                get(
                        "an unknown file",
                        w -> w.repo().resolve("main", "none.txt"),
                        404,
                        "EntryNotFound",
                        "Entry not found"),
                get("a folder as file", w -> w.repo().resolve("main", "dir"), 404, "EntryNotFound", "Entry not found"),
                get(
                        "a file as folder",
                        w -> w.repo().resolve("main", "a.txt/b"),
                        404,
                        "EntryNotFound",
                        "Entry not found"),
                get(
                        "an unknown folder",
                        w -> w.repo().api() + "/tree/main/none",
                        404,
                        "EntryNotFound",
                        "Entry not found"),
                get(
                        "a file above the repository",
                        w -> w.repo().web() + "/resolve/main/%2E%2E/%2E%2E/etc/passwd",
                        404,
                        "EntryNotFound",
                        "Entry not found"),
                get(
                        "a file above it, quoted slashes",
                        w -> w.repo().web() + "/resolve/main/..%2F..%2Fetc%2Fpasswd",
                        404,
                        "EntryNotFound",
                        "Entry not found"),
                get(
                        "a file of .git",
                        w -> w.repo().resolve("main", ".git/config"),
                        404,
                        "EntryNotFound",
                        "Entry not found"),
                get(
                        "an unknown expand",
                        w -> w.repo().api() + "?expand=nonsense",
                        400,
                        "",
                        "\"expand\" must be one of"),
                get("a limit that is a word", w -> "/api/models?limit=many", 400, "", "limit"),
                get("an unknown sort", w -> "/api/models?sort=weight", 400, "", "sort"),
                get("an unknown API route", w -> "/api/no-such-thing", 404, "", "not found"),
                get("an organization that is not there", w -> "/org/nobody-0", 404, "", "no organization"),
                new BadRequest(
                        "a range past the end",
                        w -> w.http().with("Range", "bytes=10-").get(w.repo().resolve("main", "a.txt")),
                        416,
                        "",
                        "past the end"),
                new BadRequest(
                        "a Host that is no name",
                        w -> w.http().with("Host", "-hub.example").get(w.repo().api()),
                        400,
                        "",
                        "Host"),
                new BadRequest(
                        "a forwarded host with a path",
                        w -> w.http()
                                .with("X-Forwarded-Host", "evil.example/x")
                                .get(w.repo().api()),
                        400,
                        "",
                        "Host"),
                new BadRequest(
                        "a method that nothing has",
                        w -> w.http().send("PATCH", w.repo().api() + "/refs", null, new byte[0]),
                        405,
                        "",
                        "not allowed"));
    }

    private static BadRequest get(String name, Function<World, String> path, int status, String code, String fragment) {
        return new BadRequest("get " + name, w -> w.http().get(path.apply(w)), status, code, fragment);
    }
}
