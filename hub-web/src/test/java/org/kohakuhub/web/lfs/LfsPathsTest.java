package org.kohakuhub.web.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

class LfsPathsTest {
    /** What stands between the braces of the template, after the name. */
    private static final Pattern TEMPLATE =
            Pattern.compile(LfsPaths.REPO.substring("/{repo: ".length(), LfsPaths.REPO.length() - 1));

    @ParameterizedTest
    @CsvSource({
        "ann/tiny.git, models/ann/tiny",
        "ann/tiny, models/ann/tiny",
        "models/ann/tiny.git, models/ann/tiny",
        "datasets/ann/tiny.git, datasets/ann/tiny",
        "spaces/ann/tiny, spaces/ann/tiny",
        "ann/tiny.v1.git, models/ann/tiny.v1"
    })
    void reads_every_address_of_a_repository(String path, String repo) {
        assertThat(path).matches(TEMPLATE);
        assertThat(LfsPaths.repo(path)).hasToString(repo);
    }

    /** A file named info/lfs/objects/batch has an address of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"ann/tiny/resolve/main", "api/models/ann/tiny", "tiny", "ann//tiny"})
    void does_not_take_other_addresses(String path) {
        assertThat(path).doesNotMatch(TEMPLATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann/-", "a..b/c", "ann/.git", "ann/tiny.git.git", "tiny"})
    void refuses_what_names_no_repository(String path) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> LfsPaths.repo(path))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID_REPO_ID);
    }
}
