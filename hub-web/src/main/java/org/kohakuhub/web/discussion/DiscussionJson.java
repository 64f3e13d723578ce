package org.kohakuhub.web.discussion;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.discussion.Discussion;
import org.kohakuhub.discussion.Discussion.Person;
import org.kohakuhub.discussion.DiscussionEvent;
import org.kohakuhub.discussion.DiscussionEvent.Comment;
import org.kohakuhub.discussion.DiscussionEvent.CommitAdded;
import org.kohakuhub.discussion.DiscussionEvent.Edit;
import org.kohakuhub.discussion.DiscussionEvent.Happening;
import org.kohakuhub.discussion.DiscussionEvent.LockChange;
import org.kohakuhub.discussion.DiscussionEvent.PinChange;
import org.kohakuhub.discussion.DiscussionEvent.StatusChange;
import org.kohakuhub.discussion.DiscussionEvent.TitleChange;
import org.kohakuhub.discussion.PullRequestService.Details;
import org.kohakuhub.web.json.JsonAnswer;

/** Writes discussions in the contract's form. A missing author is left out: the client cannot read {@code null} there. */
final class DiscussionJson {
    /** The reference service puts it where a hidden comment stood. */
    private static final String HIDDEN = "This comment has been hidden";

    private DiscussionJson() {}

    static void details(JsonGenerator json, Details details) {
        json.writeStartObject();
        fields(json, details.repo(), details.discussion());
        json.writeStartArray("events");
        details.events().forEach(event -> {
            json.writeStartObject();
            fields(json, event);
            json.writeEnd();
        });
        json.writeEnd();
        details.discussion().pull().ifPresent(pull -> pull(json, pull, details.conflicts()));
        details.diff().ifPresent(diff -> json.write("diff", diff));
        json.writeEnd();
    }

    private static void pull(JsonGenerator json, Discussion.Pull pull, List<String> conflicts) {
        json.writeStartObject("changes").write("base", pull.base());
        pull.merged().map(GitOid::hex).ifPresent(commit -> json.write("mergeCommitId", commit));
        json.writeEnd().writeStartArray("filesWithConflicts");
        conflicts.forEach(json::write);
        json.writeEnd();
    }

    static void discussion(JsonGenerator json, RepoId repo, Discussion discussion) {
        json.writeStartObject();
        fields(json, repo, discussion);
        json.writeEnd();
    }

    private static void fields(JsonGenerator json, RepoId repo, Discussion discussion) {
        json.write("num", discussion.num())
                .write("title", discussion.title())
                .write("status", discussion.status().text())
                .write("createdAt", JsonAnswer.date(discussion.createdAt()))
                .write("isPullRequest", discussion.pull().isPresent())
                .write("numComments", discussion.comments())
                .write("pinned", discussion.pinned())
                .write("locked", discussion.locked());
        author(json, discussion.author());
        json.writeStartObject("repo")
                .write("name", repo.namespace() + '/' + repo.name())
                .write("type", repo.type().singular())
                .writeEnd();
    }

    static void event(JsonGenerator json, String name, DiscussionEvent event) {
        json.writeStartObject().writeStartObject(name);
        fields(json, event);
        json.writeEnd().writeEnd();
    }

    private static void fields(JsonGenerator json, DiscussionEvent event) {
        json.write("id", event.id())
                .write("type", type(event.happening()))
                .write("createdAt", JsonAnswer.date(event.createdAt()));
        author(json, event.author());
        json.writeStartObject("data");
        data(json, event);
        json.writeEnd();
    }

    private static String type(Happening happening) {
        if (happening instanceof Comment) {
            return "comment";
        } else if (happening instanceof StatusChange) {
            return "status-change";
        } else if (happening instanceof TitleChange) {
            return "title-change";
        } else if (happening instanceof CommitAdded) {
            return "commit";
        } else if (happening instanceof PinChange) {
            return "pinning-change";
        } else if (happening instanceof LockChange) {
            return "locking-change";
        }
        throw new AssertionError(happening);
    }

    private static void data(JsonGenerator json, DiscussionEvent event) {
        Happening happening = event.happening();
        if (happening instanceof Comment comment) {
            comment(json, event, comment);
        } else if (happening instanceof StatusChange change) {
            json.write("status", change.status().text());
        } else if (happening instanceof TitleChange change) {
            json.write("from", change.from()).write("to", change.to());
        } else if (happening instanceof CommitAdded commit) {
            json.write("subject", commit.subject()).write("oid", commit.oid());
        } else if (happening instanceof PinChange change) {
            json.write("pinned", change.pinned());
        } else if (happening instanceof LockChange change) {
            json.write("locked", change.locked());
        }
    }

    private static void comment(JsonGenerator json, DiscussionEvent event, Comment comment) {
        json.write("edited", comment.lastEdit().isPresent()).write("hidden", comment.hidden());
        json.writeStartObject("latest");
        String text = comment.hidden() ? HIDDEN : comment.text();
        edit(
                json,
                new Edit(
                        text,
                        comment.lastEdit().map(Edit::author).orElse(event.author()),
                        comment.lastEdit().map(Edit::at).orElse(event.createdAt())));
        json.writeEnd().writeStartArray("history");
        comment.edits().forEach(edit -> {
            json.writeStartObject();
            edit(json, edit);
            json.writeEnd();
        });
        json.writeEnd();
    }

    private static void edit(JsonGenerator json, Edit edit) {
        json.write("raw", edit.text())
                .write("html", Markdown.html(edit.text()))
                .write("updatedAt", JsonAnswer.date(edit.at()));
        author(json, edit.author());
    }

    private static void author(JsonGenerator json, Optional<Person> author) {
        author.ifPresent(person -> {
            json.writeStartObject("author")
                    .write("_id", person.id())
                    .write("name", person.name())
                    .write("fullname", person.fullName().orElse(person.name()))
                    .write("type", "user");
            json.writeEnd();
        });
    }
}
