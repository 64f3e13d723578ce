package org.kohakuhub.githttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchLinesTest {
    private static final String ID = "1".repeat(40);

    @ParameterizedTest
    @CsvSource({
        "blob:none,blob:none",
        "combine:blob:none+tree:0,tree:0",
        "combine:tree:3+tree:2+blob:limit=1k,tree:2",
        "combine:blob:limit=1k+blob:limit=10,blob:limit=10",
        "combine:blob:limit=1k+blob:none,blob:none",
        "combine:blob%3Anone+tree%3A0,tree:0",
        "combine:blob:none+object:type=tag,combine:blob:none+object:type=tag",
        "combine:%,combine:%",
    })
    void one_filter_for_several(String asked, String said) {
        assertThat(CombinedFilter.single(asked)).isEqualTo(said);
    }

    private static String line(String text) {
        return String.format("%04x", text.length() + 5) + text + '\n';
    }

    private final List<Integer> told = new ArrayList<>();

    private final FetchLines.Depths depths = new FetchLines.Depths() {
        @Override
        public int deepened(List<String> wants, List<String> shallows, int by) {
            assertThat(wants).containsExactly(ID);
            assertThat(shallows).containsExactly("2".repeat(40));
            return 10 + by;
        }

        @Override
        public void grows(List<String> wants, int depth) {
            assertThat(wants).containsExactly(ID);
            told.add(depth);
        }
    };

    private String rewritten(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        byte[] said =
                FetchLines.rewritten(new ByteArrayInputStream(bytes), depths).readAllBytes();
        return new String(said, StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_relative_depth_becomes_an_absolute_one() throws IOException {
        String head = line("command=fetch") + "0001" + line("thin-pack") + line("shallow " + "2".repeat(40));
        String tail = line("want " + ID) + line("done") + "0000";
        assertThat(rewritten(head + line("deepen 3") + line("deepen-relative") + tail))
                .isEqualTo(head + line("deepen 13") + tail);
        assertThat(told).containsExactly(13);
    }

    @Test
    void how_deep_a_history_that_has_a_beginning_shall_be_is_told() throws IOException {
        String shallow = line("shallow " + "2".repeat(40));
        for (String depth : new String[] {"7", "2147483647"}) {
            String body = line("command=fetch") + "0001" + shallow + line("deepen " + depth) + line("want " + ID);
            assertThat(rewritten(body)).isEqualTo(body);
            String old = line("want " + ID + " ofs-delta agent=x") + shallow + line("deepen " + depth) + "0000";
            assertThat(rewritten(old)).isEqualTo(old);
        }
        assertThat(told).as("nothing is cut off an endless one").containsExactly(7, 7);
    }

    @Test
    void a_whole_history_is_not_deepened() throws IOException {
        String head = line("command=fetch") + "0001";
        String tail = line("want " + ID) + line("done") + "0000";
        assertThat(rewritten(head + line("deepen 3") + line("deepen-relative") + tail))
                .isEqualTo(head + tail);
    }

    @Test
    void all_else_passes_as_it_is() throws IOException {
        for (String body : new String[] {
            "",
            "0000",
            "00",
            line("deepen-relative") + "0",
            line("deepen-relative") + "zzzz and more",
            line("want " + ID) + line("deepen 3") + "0000",
            line("x".repeat(60_000)).repeat(100) + line("deepen-relative")
        }) {
            assertThat(rewritten(body)).isEqualTo(body);
        }
        assertThat(told).isEmpty();
    }
}
