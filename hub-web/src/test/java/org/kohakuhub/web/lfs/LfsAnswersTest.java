package org.kohakuhub.web.lfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kohakuhub.lfs.BatchAnswer;
import org.kohakuhub.lfs.ObjectAnswer;
import org.kohakuhub.lfs.ObjectAnswer.Fetch;
import org.kohakuhub.lfs.ObjectAnswer.FetchHere;
import org.kohakuhub.lfs.ObjectAnswer.Known;
import org.kohakuhub.lfs.ObjectAnswer.Refused;
import org.kohakuhub.lfs.ObjectAnswer.Send;
import org.kohakuhub.lfs.ObjectAnswer.SendParts;

/** Points 7, 8, 9 and 15, to the byte: a key that is there and null breaks clients. */
class LfsAnswersTest {
    private static final String OID = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final URI VERIFY = URI.create("http://hub:48888/ann/tiny.git/info/lfs/verify");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_known_object_has_no_actions_at_all() {
        assertAnswer(new Known(OID, 7), "basic", "{'oid':'" + OID + "','size':7}");
    }

    @Test
    void one_put_has_an_address_and_no_header() {
        assertAnswer(
                new Send(OID, 7, URI.create("http://s3:9000/b/uploads/1?X-Amz-Signature=a&b"), VERIFY, HOUR),
                "basic",
                "{'oid':'" + OID + "','size':7,'actions':{"
                        + "'upload':{'href':'http://s3:9000/b/uploads/1?X-Amz-Signature=a&b','expires_in':3600},"
                        + "'verify':{'href':'http://hub:48888/ann/tiny.git/info/lfs/verify'}}}");
    }

    @Test
    void parts_are_numbered_header_fields_and_the_address_joins_them() {
        assertAnswer(
                new SendParts(
                        OID,
                        104857601,
                        52428800,
                        List.of(URI.create("http://s3/1"), URI.create("http://s3/2"), URI.create("http://s3/3")),
                        URI.create("http://hub:48888/ann/tiny.git/info/lfs/multipart/u?expires=1&signature=s"),
                        VERIFY,
                        HOUR),
                "multipart",
                "{'oid':'" + OID + "','size':104857601,'actions':{'upload':{"
                        + "'href':'http://hub:48888/ann/tiny.git/info/lfs/multipart/u?expires=1&signature=s',"
                        + "'header':{'chunk_size':'52428800','00001':'http://s3/1','00002':'http://s3/2',"
                        + "'00003':'http://s3/3'},'expires_in':3600},"
                        + "'verify':{'href':'http://hub:48888/ann/tiny.git/info/lfs/verify'}}}");
    }

    @Test
    void a_download_needs_no_credentials_of_git_lfs() {
        assertAnswer(
                new Fetch(OID, 7, URI.create("http://s3:9000/b/lfs/e3"), HOUR),
                "basic",
                "{'oid':'" + OID + "','size':7,'authenticated':true,"
                        + "'actions':{'download':{'href':'http://s3:9000/b/lfs/e3','expires_in':3600}}}");
    }

    @Test
    void a_download_from_the_hub_itself_brings_its_credential_along() {
        assertAnswer(
                new FetchHere(OID, 7, URI.create("http://hub:48888/xet/e1/v1/files/ab"), "Bearer t", HOUR),
                "basic",
                "{'oid':'" + OID + "','size':7,'authenticated':true,"
                        + "'actions':{'download':{'href':'http://hub:48888/xet/e1/v1/files/ab',"
                        + "'header':{'Authorization':'Bearer t'},'expires_in':3600}}}");
    }

    @Test
    void a_refused_object_has_an_error_and_no_actions() {
        assertAnswer(
                new Refused("no \"oid\"", -1, 422, "Invalid oid"),
                "basic",
                "{'oid':'no \\'oid\\'','size':-1,'error':{'code':422,'message':'Invalid oid'}}");
    }

    private static void assertAnswer(ObjectAnswer object, String transfer, String json) {
        BatchAnswer answer = new BatchAnswer(transfer.equals("multipart"), List.of(object));
        assertThat(new String(LfsAnswers.batch(answer), StandardCharsets.UTF_8))
                .isEqualTo(("{'transfer':'" + transfer + "','objects':[" + json + "],'hash_algo':'sha256'}")
                        .replace('\'', '"'));
    }
}
