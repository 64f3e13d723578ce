package org.kohakuhub.web.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.lfs.BatchRequest;
import org.kohakuhub.lfs.BatchRequest.Asked;
import org.kohakuhub.lfs.BatchRequest.Operation;
import org.kohakuhub.object.ObjectStore.Part;

class LfsBodiesTest {
    private static final String OID = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** As huggingface_hub 2.0.0 sends it. */
    @Test
    void reads_the_batch_of_huggingface_hub() {
        BatchRequest batch = LfsBodies.batch(json("{'operation': 'upload', 'transfers': ['basic', 'multipart'],"
                + " 'objects': [{'oid': '" + OID + "', 'size': 12345678901}], 'hash_algo': 'sha256',"
                + " 'ref': {'name': 'main'}}"));

        assertThat(batch.operation()).isEqualTo(Operation.UPLOAD);
        assertThat(batch.transfers()).containsExactlyInAnyOrder("basic", "multipart");
        assertThat(batch.objects()).containsExactly(new Asked(OID, 12345678901L));
    }

    /** Point 25, and the specification's defaults. */
    @Test
    void does_without_what_is_optional_and_ignores_what_is_unknown() {
        BatchRequest batch = LfsBodies.batch(
                json("{'operation':'download','objects':[{'oid':'x','size':1,'y':{}}],'ref':null,'z':[]}"));

        assertThat(batch.transfers()).isEmpty();
        assertThat(batch.objects()).containsExactly(new Asked("x", 1));
    }

    @Test
    void leaves_a_bad_object_to_its_own_answer() {
        BatchRequest batch =
                LfsBodies.batch(json("{'operation':'upload','objects':[{},{'oid':5,'size':'1'},{'oid':'a','size':1.5},"
                        + "{'oid':'b','size':99999999999999999999}]}"));

        assertThat(batch.objects())
                .containsExactly(new Asked("", -1), new Asked("", -1), new Asked("a", -1), new Asked("b", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'operation':'upload','objects':[],'hash_algo':'sha512'} | CONFLICT",
                "{'operation':'delete','objects':[]} | UNPROCESSABLE",
                "{'objects':[]} | UNPROCESSABLE",
                "{'operation':'upload'} | UNPROCESSABLE",
                "{'operation':'upload','objects':null} | UNPROCESSABLE",
                "{'operation':'upload','objects':{}} | UNPROCESSABLE",
                "{'operation':'upload','objects':['a']} | UNPROCESSABLE",
                "{'operation':'upload', | INVALID",
                "[] | INVALID",
                "{'operation':5,'objects':[]} | INVALID"
            })
    void refuses_a_batch_that_is_none(String body, ErrorKind kind) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> LfsBodies.batch(json(body)))
                .extracting(HubException::kind)
                .isEqualTo(kind);
    }

    /** ETags come back as the store sent them, with their quotes. */
    @Test
    void reads_the_parts_that_were_sent() {
        LfsBodies.Parts parts = LfsBodies.parts(json("{'oid':'" + OID
                + "','parts':[{'partNumber':1,'etag':'\\'abc\\''},{'partNumber':2,'etag':'\\'def-1\\''}]}"));

        assertThat(parts.oid()).isEqualTo(new Sha256(OID));
        assertThat(parts.parts()).containsExactly(new Part(1, "\"abc\""), new Part(2, "\"def-1\""));
    }

    @Test
    void a_part_without_number_or_etag_is_no_part_of_any_upload() {
        LfsBodies.Parts parts = LfsBodies.parts(
                json("{'oid':'" + OID + "','parts':[{'etag':'a'},{'partNumber':1},{'partNumber':99999999999}]}"));

        assertThat(parts.parts()).containsExactly(new Part(0, "a"), new Part(1, ""), new Part(Integer.MAX_VALUE, ""));
    }

    @Test
    void reads_what_is_to_be_verified() {
        assertThat(LfsBodies.claim(json("{'oid':'" + OID + "','size':0}")))
                .isEqualTo(new LfsBodies.Claim(new Sha256(OID), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}",
                "{'oid':'" + OID + "'}",
                "{'size':1}",
                "{'oid':'abc','size':1}",
                "{'oid':'" + OID + "','size':'1'}"
            })
    void refuses_a_claim_that_is_none(String body) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> LfsBodies.claim(json(body)))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
