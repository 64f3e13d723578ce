package org.kohakuhub.contract;

import java.util.List;
import java.util.function.Function;
import org.kohakuhub.contract.BadInputIT.BadRequest;
import org.kohakuhub.contract.BadInputIT.World;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * Credentials that nobody issued, that are over, or that are not enough. A token lives for a day at least and a link for
 * minutes, so the expired ones are in AccountsTest and SignedLinksTest, whose clocks can be set.
 */
final class BadCredentials {
    private static final String INVALID = "Invalid credentials in Authorization header";

    private BadCredentials() {}

    static List<BadRequest> all() {
        return List.of(
                sent(
                        "a token that nobody issued",
                        w -> "Bearer hf_0123456789",
                        w -> w.repo().api()),
                sent("an empty token", w -> "Bearer ", w -> w.repo().api()),
                sent("an unknown scheme", w -> "Magic abc", w -> w.repo().api()),
                sent("Basic that is no base64", w -> "Basic ***", w -> w.repo().api()),
                sent("Basic without colon", w -> "Basic YW5u", w -> w.repo().api()),
                sent(
                        "a password in place of the token",
                        w -> "Bearer " + w.ann().password().replace(' ', '+'),
                        w -> w.repo().api()),
                sent(
                        "a token with one letter changed",
                        w -> "Bearer " + changed(w.ann().token()),
                        w -> "/api/whoami-v2"),
                sent(
                        "a token that was deleted",
                        w -> "Bearer " + w.deletedToken(),
                        w -> w.repo().api()),
                sent(
                        "a deleted token by Basic",
                        w -> basic("any", w.deletedToken()),
                        w -> w.repo().api()),
                new BadRequest(
                        "commit by a deleted token",
                        w -> w.repo()
                                .commitAs(
                                        RunningHub.shared().bearer(w.deletedToken()),
                                        "main",
                                        Operations.commit("No").file("no.txt", Bytes.utf8("no"))),
                        401,
                        "",
                        INVALID),
                new BadRequest(
                        "make a token by a reader's token",
                        w -> RunningHub.shared()
                                .bearer(w.readToken())
                                .post("/api/auth/tokens/create", BadChanges.json("{'name':'stronger'}")),
                        403,
                        "",
                        "read-only"),
                new BadRequest(
                        "whoami of nobody",
                        w -> RunningHub.shared().anonymous().get("/api/whoami-v2"),
                        401,
                        "",
                        "Authentication required"),
                commits(
                        "a stranger",
                        w -> RunningHub.shared().anonymous(),
                        World::repo,
                        401,
                        "",
                        "Authentication required"),
                commits("another user", w -> w.bob().http(), World::repo, 403, "", "rights"),
                commits(
                        "a reader's token",
                        w -> RunningHub.shared().bearer(w.readToken()),
                        World::repo,
                        403,
                        "",
                        "read-only"),
                commits(
                        "another user, to what is hidden,",
                        w -> w.bob().http(),
                        World::hidden,
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                new BadRequest(
                        "commit by a stranger to what is hidden",
                        w -> w.hidden().commitAs(RunningHub.shared().anonymous(), "main", Operations.commit("No")),
                        404,
                        "RepoNotFound",
                        "Repository not found"),
                new BadRequest(
                        "make a branch in another's repository",
                        w -> w.bob().http().post(w.repo().api() + "/branch/bobs"),
                        403,
                        "",
                        "rights"),
                new BadRequest(
                        "settings of another's repository",
                        w -> w.bob().http().put(w.repo().api() + "/settings", BadChanges.json("{'private':true}")),
                        403,
                        "",
                        "rights"),
                new BadRequest(
                        "delete another's token",
                        w -> w.bob()
                                .http()
                                .delete("/api/auth/tokens/" + w.tokenIds().get(0)),
                        404,
                        "",
                        "Token not found"),
                new BadRequest(
                        "a wrong administrator's token",
                        w -> RunningHub.shared()
                                .anonymous()
                                .with("X-Admin-Token", "guess")
                                .get(w.repo().api()),
                        403,
                        "",
                        "admin"),
                new BadRequest(
                        "a page of another site that uses the cookie",
                        w -> RunningHub.shared()
                                .withCookie(RunningHub.shared()
                                        .login(w.ann().name(), w.ann().password()))
                                .with("Origin", "http://evil.example")
                                .post("/api/repos/create", BadChanges.json("{'name':'forged'}")),
                        403,
                        "",
                        "Cross-site"));
    }

    private static BadRequest sent(String name, Function<World, String> header, Function<World, String> path) {
        return new BadRequest(
                "send " + name,
                w -> RunningHub.shared()
                        .anonymous()
                        .with("Authorization", header.apply(w))
                        .get(path.apply(w)),
                401,
                "",
                INVALID);
    }

    private static BadRequest commits(
            String who,
            Function<World, HubHttp> http,
            Function<World, TestRepo> repo,
            int status,
            String code,
            String words) {
        return new BadRequest(
                "commit by " + who,
                w -> repo.apply(w)
                        .commitAs(http.apply(w), "main", Operations.commit("No").file("no.txt", Bytes.utf8("no"))),
                status,
                code,
                words);
    }

    private static String basic(String name, String password) {
        return "Basic " + Bytes.base64(Bytes.utf8(name + ':' + password));
    }

    private static String changed(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (last == 'x' ? 'y' : 'x');
    }
}
