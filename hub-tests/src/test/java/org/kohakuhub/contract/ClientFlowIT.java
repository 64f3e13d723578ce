package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** The unmodified huggingface_hub from the creation of a repository to its removal. */
@Tag("core")
class ClientFlowIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String TWENTY_MB = "20000000";
    /** So long that it is uploaded in many parts. */
    private static final String TWO_HUNDRED_MB = "200000000";

    @TempDir
    Path home;

    private static String script(String name) {
        try (InputStream script = Objects.requireNonNull(ClientFlowIT.class.getResourceAsStream(name))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "huggingface_hub {0}, {1}")
    @CsvSource({"1.33.0, model", "2.0.0, model", "2.4.0, model", "2.0.0, dataset", "1.33.0, space"})
    void a_repository_lives_from_create_to_delete(String version, String type) {
        HubUser ann = hub.newUser();
        String repo = ann.name() + "/flow";
        String[] sizes = type.equals("model") ? new String[] {TWENTY_MB, TWO_HUNDRED_MB} : new String[] {TWENTY_MB};
        String[] arguments = new String[sizes.length + 2];
        arguments[0] = repo;
        arguments[1] = type;
        System.arraycopy(sizes, 0, arguments, 2, sizes.length);

        String commit = ann.client(version, home)
                .run(script("client_flow.py"), arguments)
                .strip();

        String prefix = type.equals("model") ? "" : type + "s/";
        assertThat(GitClient.in(home).run("ls-remote", hub.url("/" + prefix + repo), "refs/heads/main"))
                .startsWith(commit);
        ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import RepositoryNotFoundError
                api = HfApi()
                api.delete_repo(sys.argv[1], repo_type=sys.argv[2])
                assert not api.repo_exists(sys.argv[1], repo_type=sys.argv[2])
                try:
                    api.delete_repo(sys.argv[1], repo_type=sys.argv[2])
                    raise AssertionError("deleted twice")
                except RepositoryNotFoundError:
                    pass
                api.delete_repo(sys.argv[1], repo_type=sys.argv[2], missing_ok=True)
                """, repo, type);
    }

    @ParameterizedTest(name = "huggingface_hub {0}")
    @ValueSource(strings = {"1.33.0", "2.0.0"})
    void a_private_repository_does_not_exist_for_strangers(String version, @TempDir Path elsewhere) {
        HubUser ann = hub.newUser();
        String repo = ann.newPrivateModel().id();
        String script = """
                import sys
                from huggingface_hub import HfApi, hf_hub_download
                from huggingface_hub.errors import RepositoryNotFoundError
                api = HfApi()
                for call in (
                    lambda: api.model_info(sys.argv[1]),
                    lambda: list(api.list_repo_tree(sys.argv[1])),
                    lambda: api.list_repo_refs(sys.argv[1]),
                    lambda: hf_hub_download(sys.argv[1], ".gitattributes"),
                    lambda: api.upload_file(path_or_fileobj=b"x", path_in_repo="x", repo_id=sys.argv[1]),
                ):
                    try:
                        call()
                    except RepositoryNotFoundError:
                        continue
                    raise AssertionError("a stranger got through")
                assert sys.argv[1] not in [model.id for model in api.list_models()]
                """;
        ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                assert HfApi().model_info(sys.argv[1]).private
                assert sys.argv[1] in [model.id for model in HfApi().list_models(author=sys.argv[1].split("/")[0])]
                """, repo);
        hub.newUser().client(version, elsewhere).run(script, repo);
        hub.stranger(version, elsewhere).run(script, repo);
    }
}
