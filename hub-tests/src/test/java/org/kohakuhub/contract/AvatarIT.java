package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** Pictures of users and organizations, sent as a form's file. */
class AvatarIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser ANN = HUB.newUser();
    private static final HubUser BOB = HUB.newUser();
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, '\r', '\n', '-', '-'};

    private static Answer send(HubHttp who, String path, String field, byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(Bytes.utf8("--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
                + "--xyz\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n"));
        body.writeBytes(file);
        body.writeBytes(Bytes.utf8("\r\n--xyz--\r\n"));
        return who.send("POST", path, "multipart/form-data; boundary=xyz", body.toByteArray());
    }

    @Tag("core")
    @Test
    void a_picture_comes_back_as_it_was_sent() {
        String path = "/api/users/" + ANN.name() + "/avatar";
        Answer drawn = HUB.anonymous().get(path).expect(200);
        assertThat(drawn.header("Content-Type")).startsWith("image/svg+xml");
        send(ANN.http(), path, "file", PNG).expect(200);
        Answer shown = HUB.anonymous().get(path).expect(200);
        assertThat(shown.body()).isEqualTo(PNG);
        assertThat(shown.header("Content-Type")).isEqualTo("image/png");
        assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
        byte[] gif = Bytes.utf8("GIF89a...");
        send(ANN.http(), path, "file", gif).expect(200);
        assertThat(HUB.anonymous().get(path).body()).isEqualTo(gif);
        ANN.http().delete(path).expect(200);
        assertThat(HUB.anonymous().get(path).header("Content-Type")).startsWith("image/svg+xml");
    }

    @ParameterizedTest
    @CsvSource({"<svg/>, 400", "GIF88a, 400", "'', 400"})
    void what_is_no_picture_is_refused(String content, int status) {
        send(ANN.http(), "/api/users/" + ANN.name() + "/avatar", "file", Bytes.utf8(content))
                .expect(status);
    }

    @Test
    void bad_forms_and_strangers_are_refused() {
        String path = "/api/users/" + ANN.name() + "/avatar";
        send(ANN.http(), path, "other", PNG).expect(400);
        ANN.http().send("POST", path, "image/png", PNG).expect(400);
        ANN.http()
                .send("POST", path, "multipart/form-data; boundary=xyz", Bytes.utf8("--xyz"))
                .expect(400);
        send(ANN.http(), path, "file", new byte[3 << 20]).expect(413);
        send(BOB.http(), path, "file", PNG).expect(403);
        send(HUB.anonymous(), path, "file", PNG).expect(401);
        send(ANN.readOnly(), path, "file", PNG).expect(403);
        BOB.http().delete(path).expect(403);
        HUB.anonymous().get("/api/users/nobody-at-all/avatar").expect(404);
        String org = "/api/organizations/" + ANN.newOrganization() + "/avatar";
        send(BOB.http(), org, "file", PNG).expect(403);
        send(ANN.http(), org, "file", PNG).expect(200);
        assertThat(HUB.anonymous().get(org).body()).isEqualTo(PNG);
    }
}
