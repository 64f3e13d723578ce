package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.xet.format.Packed;

/** A repository that is sent what it should refuse, by the door for who may write to it. */
record XetTarget(RunningHub hub, TestRepo repo, Cas cas) {
    static XetTarget of(RunningHub hub, TestRepo repo) {
        return new XetTarget(hub, repo, Cas.writing(repo));
    }

    /** A xorb that waits for its shard. */
    Packed sent() {
        Packed packed = Packed.of(Bytes.fresh(300_000));
        cas.xorb(packed.xorb().hash(), packed.body()).expect(200);
        return packed;
    }

    /** What the repository takes and has, and all that the sweep knows of: every xorb that no file has. */
    List<String> state() {
        Stream<String> swept =
                hub.siteAdmin().get("/admin/api/xet/sweep").expect(200).json().getJsonArray("waiting").stream()
                        .map(JsonValue::asJsonObject)
                        .map(waiting -> waiting.getString("step") + ' ' + waiting.getString("name"));
        return Stream.concat(Stream.of(usage().toString(), repo.refs().toString(), tree()), swept)
                .toList();
    }

    JsonObject usage() {
        return hub.siteAdmin()
                .get("/admin/api/xet/usage/" + repo.type() + "s/" + repo.id())
                .expect(200)
                .json();
    }

    String tree() {
        return repo.owner()
                .http()
                .get(repo.api() + "/tree/main?recursive=true&expand=false")
                .expect(200)
                .text();
    }

    static void assertRefused(Answer answer, int status, String fragment) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.errorCode()).as("X-Error-Code of %s", answer).isEmpty();
        assertThat(answer.errorMessage()).as("%s", answer).containsIgnoringCase(fragment);
        assertThat(answer.json().getString("error")).containsIgnoringCase(fragment);
    }
}
