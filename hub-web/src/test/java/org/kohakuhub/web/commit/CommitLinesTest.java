package org.kohakuhub.web.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.commit.CommitHeader;
import org.kohakuhub.commit.CommitOperation;
import org.kohakuhub.commit.CommitOperation.AddFile;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;

class CommitLinesTest {
    private static final String HEADER = "{\"key\":\"header\",\"value\":{\"summary\":\"s\",\"description\":\"\"}}\n";
    private static final String OID = "ab".repeat(32);

    private static CommitLines of(String... lines) {
        return new CommitLines(new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)));
    }

    private static CommitOperation operation(String line) {
        CommitLines lines = of(HEADER + line);
        lines.header();
        return lines.next().orElseThrow();
    }

    private static byte[] bytes(CommitOperation operation) throws IOException {
        AddFile file = (AddFile) operation;
        try (InputStream content = file.content().open()) {
            byte[] bytes = content.readAllBytes();
            assertThat(file.content().length()).isEqualTo(bytes.length);
            return bytes;
        }
    }

    /** Point 23 of the contract's list: a commit may be a header and nothing else. */
    @Test
    void a_header_alone_is_a_commit() {
        CommitLines lines = of(
                "{\"key\":\"header\",\"value\":{\"summary\":\"Title\",\"description\":\"More\",\"parentCommit\":\"abcde\"}}\n");
        assertThat(lines.header()).isEqualTo(new CommitHeader("Title", "More", Optional.of("abcde")));
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void reads_each_operation_and_passes_over_unknown_fields() {
        assertThat(operation("{\"key\":\"lfsFile\",\"value\":{\"path\":\"b.bin\",\"algo\":\"sha256\",\"oid\":\"" + OID
                        + "\",\"size\":123,\"new\":[1]},\"extra\":true}"))
                .isEqualTo(
                        new CommitOperation.AddLfsFile(new FilePath("b.bin"), new Sha256(OID), OptionalLong.of(123)));
        assertThat(operation("{\"key\":\"lfsFile\",\"value\":{\"path\":\"b.bin\",\"oid\":\"" + OID + "\"}}"))
                .isEqualTo(
                        new CommitOperation.AddLfsFile(new FilePath("b.bin"), new Sha256(OID), OptionalLong.empty()));
        assertThat(operation("{\"key\":\"deletedFile\",\"value\":{\"path\":\"a\"}}"))
                .isEqualTo(new CommitOperation.DeleteFile(new FilePath("a")));
        assertThat(operation(
                        "{\"key\":\"copyFile\",\"value\":{\"path\":\"b\",\"srcPath\":\"a\",\"srcRevision\":\"v1\"}}"))
                .isEqualTo(new CommitOperation.CopyFile(
                        new FilePath("b"), new FilePath("a"), Optional.of(new Revision.Named("v1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dir", "dir/"})
    void a_folder_is_deleted_with_or_without_its_slash(String path) {
        assertThat(operation("{\"key\":\"deletedFolder\",\"value\":{\"path\":\"" + path + "\"}}"))
                .isEqualTo(new CommitOperation.DeleteFolder(new FilePath("dir")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 49_151, 49_152, 49_153, 200_000, 2_000_001})
    void base64_gives_the_files_bytes(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        CommitOperation file = operation("{\"key\":\"file\",\"value\":{\"content\":\""
                + Base64.getEncoder().encodeToString(content) + "\",\"path\":\"a.bin\",\"encoding\":\"base64\"}}");
        assertThat(bytes(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100_000})
    void plain_text_gives_its_utf8(int length) throws IOException {
        String text = "é".repeat(length);
        CommitOperation file =
                operation("{\"key\":\"file\",\"value\":{\"path\":\"a.txt\",\"encoding\":\"utf-8\",\"content\":\"" + text
                        + "\"}}");
        assertThat(bytes(file)).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"YQ", "YQ=", "Y===", "YQ==YQ==", "Y*==", "YWJj\\nYWJj", "====", "é123", "YW=j", " YQ=="})
    void wrong_base64_is_refused(String text) {
        CommitOperation file = operation(
                "{\"key\":\"file\",\"value\":{\"path\":\"a\",\"encoding\":\"base64\",\"content\":\"" + text + "\"}}");
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> bytes(file))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    @Test
    void padding_in_the_middle_of_a_long_text_is_refused() {
        String text = "A".repeat(65_532) + "YQ==" + "A".repeat(65_536);
        CommitOperation file = operation(
                "{\"key\":\"file\",\"value\":{\"path\":\"a\",\"encoding\":\"base64\",\"content\":\"" + text + "\"}}");
        assertThatExceptionOfType(HubException.class).isThrownBy(() -> bytes(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"key\":\"file\",\"value\":{\"path\":\"../a\",\"content\":\"\"}} | UNPROCESSABLE",
                "{\"key\":\"file\",\"value\":{\"path\":\".git/config\",\"content\":\"\"}} | UNPROCESSABLE",
                "{\"key\":\"file\",\"value\":{\"path\":\"/abs\",\"content\":\"\"}} | UNPROCESSABLE",
                "{\"key\":\"file\",\"value\":{\"path\":\"a\\\\\\\\b\",\"content\":\"\"}} | UNPROCESSABLE",
                "{\"key\":\"file\",\"value\":{\"path\":\"\",\"content\":\"\"}} | UNPROCESSABLE",
                "{\"key\":\"file\",\"value\":{\"path\":\"a\"}} | INVALID",
                "{\"key\":\"file\",\"value\":{\"path\":\"a\",\"content\":1}} | INVALID",
                "{\"key\":\"file\",\"value\":{\"path\":\"a\",\"content\":\"\",\"encoding\":\"rot13\"}} | INVALID",
                "{\"key\":\"file\",\"value\":{\"content\":\"\"}} | INVALID",
                "{\"key\":\"file\",\"value\":[]} | INVALID",
                "{\"key\":\"file\"} | INVALID",
                "{\"value\":{}} | INVALID",
                "{\"key\":\"moveFile\",\"value\":{}} | INVALID",
                "{\"key\":\"header\",\"value\":{\"summary\":\"again\"}} | INVALID",
                "{\"key\":\"lfsFile\",\"value\":{\"path\":\"a\",\"oid\":\"abc\",\"size\":1}} | INVALID",
                "{\"key\":\"lfsFile\",\"value\":{\"path\":\"a\",\"size\":1}} | INVALID",
                "{\"key\":\"copyFile\",\"value\":{\"path\":\"a\"}} | INVALID",
                "not json | INVALID"
            })
    void a_wrong_operation_is_refused(String line, ErrorKind kind) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> operation(line))
                .extracting(HubException::kind)
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"1\"", "1e99", "true"})
    void a_size_that_is_no_number_of_bytes_is_refused(String size) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> operation("{\"key\":\"lfsFile\",\"value\":{\"path\":\"a\",\"oid\":\"" + OID
                        + "\",\"size\":" + size + "}}"))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"key\":\"file\",\"value\":{\"path\":\"a\",\"content\":\"\"}}",
                "{\"key\":\"header\",\"value\":{}}",
                "{\"key\":\"header\",\"value\":{\"summary\":\" \"}}",
                "{\"key\":\"header\",\"value\":{\"summary\":1}}",
                "{\"key\":\"header\",\"value\":{\"summary\":\"s\",\"parentCommit\":\"xyz\"}}",
                "{\"key\":\"header\",\"value\":{\"summary\":\"s\",\"parentCommit\":\"abc\"}}"
            })
    void a_commit_without_a_sound_header_is_refused(String body) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> of(body).header())
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    @Test
    void the_message_has_gits_form() {
        assertThat(new CommitHeader(" Title\nmore ", " text ", Optional.empty()).message())
                .isEqualTo("Title more\n\ntext\n");
        assertThat(new CommitHeader("Title", "", Optional.empty()).message()).isEqualTo("Title");
    }
}
