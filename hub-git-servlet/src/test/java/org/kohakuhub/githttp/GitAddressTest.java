package org.kohakuhub.githttp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitAddressTest {
    @ParameterizedTest
    @CsvSource({
        "/ann/tiny/info/refs, models/ann/tiny, info/refs",
        "/ann/tiny.git/info/refs, models/ann/tiny, info/refs",
        "/models/ann/tiny/git-upload-pack, models/ann/tiny, git-upload-pack",
        "/datasets/ann/tiny.git/git-upload-pack, datasets/ann/tiny, git-upload-pack",
        "/spaces/ann/tiny/git-receive-pack, spaces/ann/tiny, git-receive-pack"
    })
    void names_a_repository_and_a_service(String path, String repo, String service) {
        assertThat(GitAddress.parse(path)).hasValueSatisfying(address -> {
            assertThat(address.repo()).hasToString(repo);
            assertThat(address.service()).isEqualTo(service);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/info/refs",
                "/ann/info/refs",
                "/ann/tiny.git/info/lfs/objects/batch",
                "/ann/tiny/resolve/main/info/refs",
                "/ann/tiny.git/objects/info/packs",
                "/ann/tiny.git/HEAD",
                "/a..b/tiny/info/refs",
                "/api/models/ann/tiny/info/refs"
            })
    void other_addresses_are_not_git_s(String path) {
        assertThat(GitAddress.parse(path)).isEmpty();
    }
}
