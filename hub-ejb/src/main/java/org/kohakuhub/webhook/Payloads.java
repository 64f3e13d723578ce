package org.kohakuhub.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.discussion.Discussion;
import org.kohakuhub.discussion.DiscussionChanged;
import org.kohakuhub.discussion.DiscussionEvent;
import org.kohakuhub.discussion.DiscussionEvent.Comment;
import org.kohakuhub.discussion.Discussions;
import org.kohakuhub.repo.RepositoryChanged;
import org.kohakuhub.version.RefsMoved;

/** Payloads in the form that huggingface_hub reads, {@code WebhookPayload} version 3. Runs in the caller's transaction. */
@ApplicationScoped
public class Payloads {
    /** Where an account is gone. */
    private static final String NOBODY = "0".repeat(24);

    private final Discussions discussions;
    private final SiteConfig site;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected Payloads() {
        this(null, null);
    }

    @Inject
    Payloads(Discussions discussions, SiteConfig site) {
        this.discussions = discussions;
        this.site = site;
    }

    Optional<JsonObjectBuilder> refsMoved(RefsMoved moved) {
        JsonArrayBuilder refs = Json.createArrayBuilder();
        moved.moves()
                .forEach(move -> refs.add(Json.createObjectBuilder()
                        .add("ref", move.ref())
                        .add("oldSha", oid(move.from()))
                        .add("newSha", oid(move.to()))));
        return Optional.of(payload("update", "repo.content", moved.repo()).add("updatedRefs", refs));
    }

    private static JsonValue oid(Optional<GitOid> oid) {
        return oid.<JsonValue>map(commit -> Json.createValue(commit.hex())).orElse(JsonValue.NULL);
    }

    Optional<JsonObjectBuilder> repositoryChanged(RepositoryChanged changed) {
        RepoKey repo = changed.repo();
        return Optional.of(
                switch (changed.kind()) {
                    case CREATED -> payload("create", "repo", repo);
                    case REMOVED -> payload("delete", "repo", repo);
                    case CONFIGURED -> payload("update", "repo.config", repo);
                    case MOVED ->
                        payload("move", "repo", repo)
                                .add("movedTo", movedTo(repo, changed.to().orElseThrow()));
                });
    }

    private JsonObjectBuilder movedTo(RepoKey repo, RepoId to) {
        Object owner = em.createNativeQuery("select owner_id from repository where id = ?1")
                .setParameter(1, repo.id())
                .getSingleResult();
        return Json.createObjectBuilder().add("name", to.fullName()).add("owner", id((String) owner));
    }

    Optional<JsonObjectBuilder> discussionChanged(DiscussionChanged changed) {
        RepoKey repo = changed.repo();
        return discussions.find(repo, changed.num()).map(discussion -> {
            Optional<DiscussionEvent> comment =
                    changed.comment().flatMap(id -> discussions.event(repo, changed.num(), id));
            JsonObjectBuilder payload = payload(
                            changed.created() ? "create" : "update",
                            changed.comment().isPresent() ? "discussion.comment" : "discussion",
                            repo)
                    .add("discussion", discussion(repo, discussion));
            comment.ifPresent(event -> payload.add("comment", comment(repo, discussion, event)));
            return payload;
        });
    }

    private JsonObjectBuilder discussion(RepoKey repo, Discussion discussion) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", repo.id() + '-' + discussion.num())
                .add("num", discussion.num())
                .add("title", discussion.title())
                .add("author", author(discussion.author()))
                .add("url", url(repo, "/discussions/" + discussion.num()))
                .add("status", discussion.status().text())
                .add("isPullRequest", discussion.pull().isPresent())
                .add("pinned", discussion.pinned());
        discussion.pull().ifPresent(pull -> {
            JsonObjectBuilder changes = Json.createObjectBuilder().add("base", pull.base());
            pull.merged().ifPresent(commit -> changes.add("mergeCommitId", commit.hex()));
            json.add("changes", changes);
        });
        return json;
    }

    private JsonObjectBuilder comment(RepoKey repo, Discussion discussion, DiscussionEvent event) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", event.id())
                .add("author", author(event.author()))
                .add("url", url(repo, "/discussions/" + discussion.num() + '#' + event.id()));
        if (event.happening() instanceof Comment comment) {
            json.add("hidden", comment.hidden());
            if (!comment.hidden()) {
                json.add("content", comment.text());
            }
        }
        return json;
    }

    private static JsonObjectBuilder author(Optional<Discussion.Person> author) {
        return id(author.map(Discussion.Person::id).orElse(NOBODY));
    }

    private JsonObjectBuilder payload(String action, String scope, RepoKey repo) {
        return Json.createObjectBuilder()
                .add("event", Json.createObjectBuilder().add("action", action).add("scope", scope))
                .add("repo", repository(repo));
    }

    private JsonObjectBuilder repository(RepoKey repo) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", repo.name().type().singular())
                .add("name", repo.name().fullName())
                .add("id", repo.id())
                .add("private", repo.isPrivate())
                .add("owner", id(repo.ownerId()))
                .add("url", url(repo, ""));
        List<?> rows = em.createNativeQuery("select r.tags, g.oid from repository r left join git_ref g"
                        + " on g.repo_id = r.id and g.name = 'refs/heads/main' where r.id = ?1")
                .setParameter(1, repo.id())
                .getResultList();
        for (Object found : rows) {
            Object[] row = (Object[]) found;
            json.add("tags", parse((String) row[0]));
            if (row[1] != null) {
                json.add("headSha", (String) row[1])
                        .add("head_sha", (String) row[1]); // the client's model has the latter
            }
        }
        return json;
    }

    private static JsonValue parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }

    private JsonObjectBuilder url(RepoKey repo, String below) {
        String base = site.baseUrl().toString();
        JsonObjectBuilder url =
                Json.createObjectBuilder().add("web", base + '/' + repo.name().urlPath() + below);
        return below.contains("#") ? url : url.add("api", base + "/api/" + repo.name() + below);
    }

    private static JsonObjectBuilder id(String id) {
        return Json.createObjectBuilder().add("id", id);
    }

    /** A stored payload as it is sent to one webhook. */
    static byte[] body(String stored, String webhookId) {
        JsonObject payload = parse(stored).asJsonObject();
        return Json.createObjectBuilder(payload)
                .add("webhook", id(webhookId).add("version", 3))
                .build()
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
