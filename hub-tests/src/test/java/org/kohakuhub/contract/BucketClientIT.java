package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Buckets (hf-api-contract.md, 13) as the unmodified clients use them; all contents go by hf_xet. */
class BucketClientIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String OLD = "1.33.0";
    private static final String NEW = "2.0.0";
    private static final String NEWEST = "2.4.0";

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();

    private HfClient client(String version) {
        return ann.client(version, home).withXet();
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    @Tag("core")
    void files_come_and_go(String version) {
        client(version).run("""
                import os, sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import EntryNotFoundError
                api, bucket = HfApi(), sys.argv[1] + "/box"
                assert api.create_bucket("box").bucket_id == bucket
                big = os.urandom(3_000_000)
                open("big.bin", "wb").write(big)
                open("empty", "wb").close()
                api.batch_bucket_files(bucket, add=[
                    ("big.bin", "deep/er/big.bin"), (b"small", "deep/a b+%.txt"), ("empty", "empty.txt"), (b"top", "top.txt")])
                info = api.bucket_info(bucket)
                assert (info.size, info.total_files, info.private) == (3_000_008, 4, False), info
                files = {file.path: file for file in api.list_bucket_tree(bucket)}
                assert sorted(files) == ["deep/a b+%.txt", "deep/er/big.bin", "empty.txt", "top.txt"], files
                assert files["deep/er/big.bin"].size == 3_000_000
                assert abs(files["deep/er/big.bin"].mtime.timestamp() - os.path.getmtime("big.bin")) < 1
                assert [f.path for f in api.list_bucket_tree(bucket, "deep/er", recursive=True)] == ["deep/er/big.bin"]
                level = [(entry.type, entry.path) for entry in api.list_bucket_tree(bucket, recursive=False)]
                assert level == [("directory", "deep"), ("file", "empty.txt"), ("file", "top.txt")], level
                assert list(api.list_bucket_tree(bucket, "nothing")) == []
                [found] = api.get_bucket_paths_info(bucket, ["deep/er/big.bin", "missing"])
                assert found.xet_hash == files["deep/er/big.bin"].xet_hash
                assert api.get_bucket_file_metadata(bucket, "deep/er/big.bin").size == 3_000_000
                api.download_bucket_files(bucket, [
                    ("deep/er/big.bin", "out/big"), ("empty.txt", "out/empty"), ("deep/a b+%.txt", "out/small")])
                assert open("out/big", "rb").read() == big
                assert open("out/empty", "rb").read() == b"" and open("out/small", "rb").read() == b"small"
                api.batch_bucket_files(bucket, add=[(b"other", "top.txt")], delete=["empty.txt"])
                info = api.bucket_info(bucket)
                assert (info.size, info.total_files) == (3_000_010, 3), info
                api.download_bucket_files(bucket, [("top.txt", "out/top")])
                assert open("out/top", "rb").read() == b"other"
                try:
                    api.download_bucket_files(bucket, [("empty.txt", "x")], raise_on_missing_files=True)
                    raise AssertionError
                except EntryNotFoundError:
                    pass
                """, ann.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW, NEWEST})
    void buckets_are_made_listed_moved_and_removed(String version) {
        HubUser bob = hub.newUser();
        client(version).run("""
                import sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import BucketNotFoundError, HfHubHTTPError
                api, me, stranger = HfApi(), sys.argv[1], HfApi(token=sys.argv[2])
                def missing(call, *args, **kwargs):
                    try:
                        call(*args, **kwargs)
                    except BucketNotFoundError as e:
                        return e.bucket_id
                    raise AssertionError("found")
                api.create_bucket(me + "/one", private=True)
                assert api.create_bucket("one", exist_ok=True).url.endswith(f"/buckets/{me}/one")
                try:
                    api.create_bucket("one")
                    raise AssertionError
                except HfHubHTTPError as e:
                    assert e.response.status_code == 409
                api.create_bucket("two")
                assert [b.id for b in api.list_buckets()] in ([f"{me}/one", f"{me}/two"], [f"{me}/two", f"{me}/one"])
                assert [b.id for b in api.list_buckets(search="TW")] == [f"{me}/two"]
                assert [b.id for b in stranger.list_buckets(me)] == [f"{me}/two"]
                assert missing(stranger.bucket_info, f"{me}/one") == f"{me}/one"
                missing(stranger.delete_bucket, f"{me}/one")
                missing(stranger.batch_bucket_files, f"{me}/one", delete=["x"])
                missing(api.bucket_info, f"{me}/three")
                try:
                    stranger.update_bucket_settings(f"{me}/two", private=True)
                    raise AssertionError
                except HfHubHTTPError as e:
                    assert e.response.status_code == 403
                api.update_bucket_settings(f"{me}/one", private=False)
                assert stranger.bucket_info(f"{me}/one").private is False
                api.batch_bucket_files(f"{me}/one", add=[(b"kept", "kept.txt")])
                api.move_bucket(f"{me}/one", f"{me}/new")
                assert api.bucket_info(f"{me}/new").total_files == 1
                assert api.bucket_info(f"{me}/one").id == f"{me}/new"
                api.batch_bucket_files(f"{me}/one", add=[(b"by the old name", "old.txt")])
                assert api.get_bucket_file_metadata(f"{me}/one", "old.txt").size == 15
                api.delete_bucket(f"{me}/new")
                missing(api.delete_bucket, f"{me}/new")
                api.delete_bucket(f"{me}/new", missing_ok=True)
                missing(api.bucket_info, f"{me}/one")
                """, ann.name(), bob.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW, NEWEST})
    void files_of_repositories_and_buckets_are_copied_without_being_sent(String version) {
        HubUser bob = hub.newUser();
        TestRepo repo = ann.newRepo("dataset", true);
        client(version).run("""
                import os, sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import BucketBatchError
                api, me, repo, stranger = HfApi(), sys.argv[1], sys.argv[2], HfApi(token=sys.argv[4])
                content = os.urandom(200_000)
                api.upload_file(repo_id=repo, repo_type="dataset", path_in_repo="data/x.bin", path_or_fileobj=content)
                api.upload_file(repo_id=repo, repo_type="dataset", path_in_repo="data/note.txt", path_or_fileobj=b"note")
                api.create_bucket("box", private=True)
                api.create_bucket("copy")
                api.copy_files(f"hf://datasets/{repo}/data/", f"hf://buckets/{me}/box/from/")
                tree = {f.path: f for f in api.list_bucket_tree(f"{me}/box")}
                assert sorted(tree) == ["from/note.txt", "from/x.bin"], tree
                api.copy_files(f"hf://buckets/{me}/box/from/", f"hf://buckets/{me}/copy/to/")
                api.download_bucket_files(f"{me}/copy", [("to/x.bin", "x"), ("to/note.txt", "note")])
                assert open("x", "rb").read() == content and open("note", "rb").read() == b"note"
                # a hash alone is no right, and neither is a source that one may not read
                hash, mine = tree["from/x.bin"].xet_hash, sys.argv[3] + "/mine"
                stranger.create_bucket(mine)
                for kind, source in [("dataset", repo), ("bucket", f"{me}/box"), ("bucket", mine), ("model", "no/such")]:
                    try:
                        stranger.batch_bucket_files(mine, copy=[(kind, source, hash, "x.bin")])
                        raise AssertionError
                    except BucketBatchError as e:
                        assert [failure["path"] for failure in e.failures] == ["x.bin"]
                stranger.batch_bucket_files(mine, copy=[("bucket", f"{me}/copy", hash, "x.bin")])
                stranger.download_bucket_files(mine, [("x.bin", "stolen")])
                assert open("stolen", "rb").read() == content
                """, ann.name(), repo.id(), bob.name(), bob.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void the_file_system_reads_and_writes_buckets(String version) {
        client(version).run("""
                import os, sys
                from huggingface_hub import HfApi, HfFileSystem
                root = f"buckets/{sys.argv[1]}/box"
                HfApi().create_bucket("box")
                fs = HfFileSystem(skip_instance_cache=True)
                content = os.urandom(300_000)
                with fs.open(f"{root}/sub/one.bin", "wb") as file:
                    file.write(content)
                with fs.open(f"{root}/sub/two.txt", "w") as file:
                    file.write("two")
                with fs.open(f"{root}/subway.txt", "w") as file:
                    file.write("under")
                fs.invalidate_cache()
                assert sorted(fs.ls(root, detail=False)) == [f"{root}/sub", f"{root}/subway.txt"]
                assert sorted(fs.ls(f"{root}/sub", detail=False)) == [f"{root}/sub/one.bin", f"{root}/sub/two.txt"]
                assert sorted(fs.find(root)) == [f"{root}/sub/one.bin", f"{root}/sub/two.txt", f"{root}/subway.txt"]
                assert fs.glob(f"{root}/**/*.bin") == [f"{root}/sub/one.bin"]
                assert fs.info(f"{root}/sub/one.bin")["size"] == 300_000 and fs.isdir(f"{root}/sub")
                assert not fs.exists(f"{root}/missing") and not fs.exists(f"buckets/{sys.argv[1]}/missing")
                with fs.open(f"{root}/sub/one.bin", "rb", block_size=1000) as file:
                    file.seek(123_456)
                    assert file.read(10) == content[123_456:123_466]
                    file.seek(299_990)
                    assert file.read() == content[-10:]
                assert fs.read_bytes(f"{root}/sub/one.bin") == content
                fs.get(f"{root}/sub/one.bin", "got.bin")
                assert open("got.bin", "rb").read() == content
                fs.rm(f"{root}/sub/two.txt")
                fs.invalidate_cache()
                assert fs.ls(f"{root}/sub", detail=False) == [f"{root}/sub/one.bin"]
                fs.rm(f"{root}/sub", recursive=True)
                fs.invalidate_cache()
                assert fs.ls(root, detail=False) == [f"{root}/subway.txt"]
                """, ann.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void a_folder_is_synced_both_ways(String version) {
        client(version).run("""
                import os, sys, time
                from pathlib import Path
                from huggingface_hub import HfApi
                api, bucket = HfApi(), f"{sys.argv[1]}/box"
                api.create_bucket("box")
                here = Path("here/sub")
                here.mkdir(parents=True)
                for number in range(30):
                    (here / f"{number}.txt").write_text(f"file {number}")
                uri = f"hf://buckets/{bucket}/backup"
                plan = api.sync_bucket("here", uri, quiet=True)
                assert api.bucket_info(bucket).total_files == 30
                assert [o for o in api.sync_bucket("here", uri, quiet=True, dry_run=True).operations if o.action != "skip"] == []
                (here / "3.txt").write_text("another length")
                os.utime(here / "3.txt", (time.time() + 5, time.time() + 5))
                (here / "4.txt").unlink()
                api.sync_bucket("here", uri, delete=True, quiet=True)
                assert api.bucket_info(bucket).total_files == 29
                api.sync_bucket(uri, "there", quiet=True)
                there = Path("there/sub")
                assert len(list(there.iterdir())) == 29
                assert (there / "3.txt").read_text() == "another length" and (there / "7.txt").read_text() == "file 7"
                """, ann.name());
    }

    @Test
    void the_command_line_knows_buckets() throws Exception {
        HfClient hf = client(NEW);
        String uri = "hf://buckets/" + ann.name() + "/box";
        Files.createDirectories(home.resolve("here"));
        Files.write(home.resolve("here/a.txt"), Bytes.utf8("a"));
        hf.hf("buckets", "create", "box", "--private");
        hf.hf("buckets", "sync", "here", uri + "/x");
        hf.hf("buckets", "cp", "here/a.txt", uri + "/b.txt");
        assertThat(hf.hf("buckets", "list", ann.name() + "/box", "--recursive")).contains("x/a.txt", "b.txt");
        hf.hf("buckets", "cp", uri + "/b.txt", "c.txt");
        assertThat(home.resolve("c.txt")).hasContent("a");
        assertThat(hf.hf("buckets", "info", ann.name() + "/box")).contains(ann.name() + "/box");
        hf.hf("buckets", "rm", ann.name() + "/box/b.txt", "--yes");
        hf.hf("buckets", "move", ann.name() + "/box", ann.name() + "/chest");
        hf.hf("buckets", "delete", ann.name() + "/chest", "--yes");
    }
}
