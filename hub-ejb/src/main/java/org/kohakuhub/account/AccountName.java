package org.kohakuhub.account;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;

/**
 * The name of a new user or organization. It is the first segment of addresses, so that it obeys the rule of
 * repository ids and is none of the hub's own segments.
 */
record AccountName(String text) {
    private static final Set<String> RESERVED = Set.of(
            "about",
            "account",
            "accounts",
            "admin",
            "api",
            "assets",
            "auth",
            "blog",
            "bucket",
            "buckets",
            "cas",
            "collections",
            "config",
            "dashboard",
            "dataset",
            "datasets",
            "discussions",
            "docs",
            "download",
            "error",
            "explore",
            "favicon.ico",
            "git",
            "health",
            "help",
            "home",
            "hub",
            "images",
            "index.html",
            "invitations",
            "invite",
            "join",
            "kernel",
            "kernels",
            "lfs",
            "login",
            "logout",
            "metrics",
            "model",
            "models",
            "new",
            "none",
            "notifications",
            "null",
            "oauth",
            "openapi",
            "org",
            "organization",
            "organizations",
            "orgs",
            "papers",
            "posts",
            "pricing",
            "privacy",
            "profile",
            "public",
            "raw",
            "register",
            "repo",
            "repos",
            "resolve",
            "robots.txt",
            "root",
            "search",
            "security",
            "settings",
            "signin",
            "signup",
            "space",
            "spaces",
            "static",
            "status",
            "storage",
            "support",
            "system",
            "terms",
            "token",
            "tokens",
            "trending",
            "undefined",
            "upload",
            "uploads",
            "user",
            "users",
            "verify-email",
            "webhooks",
            "www",
            "xet",
            "zero-gpu");

    private static final Set<String> RESERVED_LOOKALIKES = normalized();

    /**
     * @throws HubException INVALID for a name that no account may have
     */
    AccountName {
        if (!RepoId.isSegment(text) || Text.normalizedName(text).isEmpty()) {
            throw new HubException(
                    ErrorKind.INVALID,
                    "Invalid name: " + Text.shown(text)
                            + " (1 to 96 letters, digits, '-', '_' and '.', none of the signs doubled or at an end)");
        }
        boolean reserved = RESERVED.contains(text.toLowerCase(Locale.ROOT))
                || RESERVED_LOOKALIKES.contains(Text.normalizedName(text));
        if (reserved) {
            throw new HubException(ErrorKind.INVALID, "The name " + text + " is reserved");
        }
    }

    private static Set<String> normalized() {
        return RESERVED.stream().map(Text::normalizedName).collect(Collectors.toUnmodifiableSet());
    }

    /** The form that look-alikes share. */
    String normalizedText() {
        return Text.normalizedName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
