package org.kohakuhub.contract;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.kohakuhub.contract.BadInputIT.BadRequest;
import org.kohakuhub.contract.BadInputIT.World;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.RunningHub;

/** Requests to make or remove repositories, branches, tags, accounts and organizations that must be refused. */
final class BadChanges {
    private BadChanges() {}

    static List<BadRequest> all() {
        return List.of(
                create("a repository without name", "{}", 400, "name"),
                create("a repository whose name is a number", "{\"name\":5}", 400, "name"),
                create("a repository named a..b", "{\"name\":\"a..b\"}", 400, "name"),
                create("a repository named x.git", "{\"name\":\"x.git\"}", 400, "name"),
                create("a repository named -x", "{\"name\":\"-x\"}", 400, "name"),
                create("a repository named by 97 letters", "{\"name\":\"" + "n".repeat(97) + "\"}", 400, "name"),
                post("a repository two folders deep", w -> "/api/repos/create", "{'name':'NAME/b/c'}", 400, "", "name"),
                create("an unknown type", "{\"name\":\"x1\",\"type\":\"gadget\"}", 400, "type"),
                create("an unknown sdk", "{\"name\":\"x1\",\"type\":\"space\",\"sdk\":\"punchcards\"}", 400, "sdk"),
                create("an unknown visibility", "{\"name\":\"x1\",\"visibility\":\"secret\"}", 400, "visibility"),
                create("private that is a text", "{\"name\":\"x1\",\"private\":\"maybe\"}", 400, "private"),
                create("an unknown organization", "{\"name\":\"x1\",\"organization\":\"nobody-0\"}", 404, "nobody-0"),
                create("a JSON list", "[1]", 400, "JSON"),
                create("no JSON", "{name: x1", 400, "JSON"),
                create("two JSON objects", "{\"name\":\"x1\"}{\"name\":\"x2\"}", 400, "JSON"),
                create("a name with a NUL", "{\"name\":\"a\\u0000b\"}", 400, "NUL"),
                create("a NUL deep inside", "{\"name\":\"x1\",\"more\":[{\"a\\u0000\":1}]}", 400, "NUL"),
                create("lists in lists", "{\"name\":" + "[".repeat(50_000), 400, "JSON"),
                create("a body of two megabytes", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}", 413, "bytes"),
                new BadRequest(
                        "create in another's namespace",
                        w -> w.http()
                                .post(
                                        "/api/repos/create",
                                        json(
                                                "{'name':'x1','organization':'%s'}",
                                                w.bob().name())),
                        403,
                        "",
                        "rights"),
                post(
                        "a branch that is there",
                        w -> w.repo().api() + "/branch/dev",
                        "{}",
                        409,
                        "",
                        "Reference refs/heads/dev already exists"),
                post(
                        "a branch named refs/heads/x",
                        w -> w.repo().api() + "/branch/refs%2Fheads%2Fx",
                        "{}",
                        400,
                        "",
                        "Invalid reference for a branch"),
                post("a branch named a..b", w -> w.repo().api() + "/branch/a..b", "{}", 400, "", "Invalid reference"),
                post(
                        "a branch with a space",
                        w -> w.repo().api() + "/branch/a%20b",
                        "{}",
                        400,
                        "",
                        "Invalid reference"),
                post(
                        "a branch from nowhere",
                        w -> w.repo().api() + "/branch/y",
                        "{'startingPoint':'nope'}",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                post(
                        "a tag that is there",
                        w -> w.repo().api() + "/tag/main",
                        "{'tag':'v1'}",
                        409,
                        "",
                        "already exists"),
                post(
                        "a tag of nothing",
                        w -> w.repo().api() + "/tag/nope",
                        "{'tag':'v2'}",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                post("a tag without name", w -> w.repo().api() + "/tag/main", "{}", 400, "", "tag"),
                post(
                        "a tag named ^",
                        w -> w.repo().api() + "/tag/main",
                        "{'tag':'^'}",
                        400,
                        "",
                        "Invalid reference for a tag"),
                delete(
                        "the default branch",
                        w -> w.repo().api() + "/branch/main",
                        400,
                        "",
                        "Cannot delete refs/heads/main"),
                delete(
                        "an unknown branch",
                        w -> w.repo().api() + "/branch/nope",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                delete(
                        "a tag as branch",
                        w -> w.repo().api() + "/branch/v1",
                        404,
                        "RevisionNotFound",
                        "Invalid rev id"),
                delete("an unknown tag", w -> w.repo().api() + "/tag/nope", 404, "RevisionNotFound", "Invalid rev id"),
                new BadRequest(
                        "delete another's repository",
                        w -> w.bob()
                                .http()
                                .delete(
                                        "/api/repos/delete",
                                        json("{'name':'%s'}", w.repo().id())),
                        403,
                        "",
                        "rights"),
                new BadRequest(
                        "delete another's hidden repository",
                        w -> w.bob()
                                .http()
                                .delete(
                                        "/api/repos/delete",
                                        json("{'name':'%s'}", w.hidden().id())),
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                new BadRequest(
                        "delete without credentials",
                        w -> RunningHub.shared()
                                .anonymous()
                                .delete(
                                        "/api/repos/delete",
                                        json("{'name':'%s'}", w.repo().id())),
                        401,
                        "",
                        "Authentication required"),
                withNul("a tag's message", w -> w.repo().api() + "/tag/main", "{'tag':'v9','message':'a\0b'}"),
                withNul(
                        "a discussion's title",
                        w -> w.repo().api() + "/discussions",
                        "{'title':'a\0b','description':'d'}"),
                withNul("a lock's path", w -> '/' + w.repo().id() + ".git/info/lfs/locks", "{'path':'a\0b'}"),
                withNul("a token's name", w -> "/api/auth/tokens/create", "{'name':'a\0b'}"),
                withNul("an organization's description", w -> "/org/create", "{'name':'o1','description':'a\0b'}"),
                post("a token without name", w -> "/api/auth/tokens/create", "{}", 400, "", "name"),
                post("an organization that breaks the rule", w -> "/org/create", "{'name':'a b'}", 400, "", "name"),
                post("an organization that is a user", w -> "/org/create", "{'name':'NAME'}", 409, "", "taken"),
                register("a name with a slash", "a/b", "long enough", 400, "name"),
                register("a reserved name", "api", "long enough", 400, "reserved"),
                register("a short password", "fresh-name-0", "short", 400, "password"),
                new BadRequest(
                        "register a name that is taken",
                        w -> RunningHub.shared().register(w.ann().name(), "long enough"),
                        409,
                        "",
                        "taken"),
                new BadRequest(
                        "register a look-alike",
                        w -> RunningHub.shared().register(w.ann().name().toUpperCase(Locale.ROOT), "long enough"),
                        409,
                        "",
                        "too much like"),
                new BadRequest(
                        "log in with a wrong password",
                        w -> RunningHub.shared().login(w.ann().name(), "not the password"),
                        401,
                        "",
                        "password"),
                new BadRequest(
                        "log in as nobody",
                        w -> RunningHub.shared().login("nobody-0", "not the password"),
                        401,
                        "",
                        "password"));
    }

    private static BadRequest create(String name, String body, int status, String fragment) {
        return new BadRequest(
                "create " + name,
                w -> w.http().send("POST", "/api/repos/create", "application/json", Bytes.utf8(body)),
                status,
                "",
                fragment);
    }

    private static BadRequest post(
            String name, Function<World, String> path, String body, int status, String code, String fragment) {
        return new BadRequest(
                "make " + name,
                w -> w.http()
                        .post(path.apply(w), json(body.replace("NAME", w.ann().name()))),
                status,
                code,
                fragment);
    }

    private static BadRequest withNul(String name, Function<World, String> path, String body) {
        return post(name + " with a NUL", path, body.replace("\0", "\\u0000"), 400, "", "NUL");
    }

    private static BadRequest delete(
            String name, Function<World, String> path, int status, String code, String fragment) {
        return new BadRequest("delete " + name, w -> w.http().delete(path.apply(w)), status, code, fragment);
    }

    private static BadRequest register(String what, String name, String password, int status, String fragment) {
        return new BadRequest(
                "register " + what, w -> RunningHub.shared().register(name, password), status, "", fragment);
    }

    /** JSON with apostrophes for quotation marks. */
    static JsonObject json(String text, Object... arguments) {
        return Json.createReader(new StringReader(String.format(text, arguments).replace('\'', '"')))
                .readObject();
    }
}
