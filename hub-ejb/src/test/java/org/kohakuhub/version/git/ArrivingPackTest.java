package org.kohakuhub.version.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsPackFile;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.version.LfsPointer;

/** Packs made by git itself, taken in as git's own index-pack does it. */
class ArrivingPackTest {
    private static final long LARGEST = 1L << 30;
    private static final int FILES = 60;

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestGit git;
    private static NativeGit history;

    private final ArrivalChecker checker = new ArrivalChecker();

    @BeforeAll
    static void a_history() throws Exception {
        database = TestDatabase.sqlite(folder);
        git = new TestGit(database);
        history = NativeGit.init(folder.resolve("history"));
        history.importStream(stream(300, ""));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Commits that change a line in some of the files, in two levels of folders. */
    private static byte[] stream(int commits, String more) {
        SplittableRandom random = new SplittableRandom(3);
        int[][] files = new int[FILES][40];
        StringBuilder out = new StringBuilder();
        for (int commit = 0; commit < commits; commit++) {
            out.append("commit refs/heads/main\ncommitter A <a@example.org> ")
                    .append(1_700_000_000 + commit)
                    .append(" +0000\ndata 1\nx\n");
            for (int i = 0; i < (commit == 0 ? FILES : 3); i++) {
                int file = commit == 0 ? i : random.nextInt(FILES);
                files[file][random.nextInt(40)] = random.nextInt();
                StringBuilder text = new StringBuilder();
                for (int line : files[file]) {
                    text.append("line ").append(line).append('\n');
                }
                out.append("M 644 inline d" + file % 7 + "/e" + file % 3 + "/f" + file + "\ndata ")
                        .append(text.length())
                        .append('\n')
                        .append(text)
                        .append('\n');
            }
        }
        return out.append(more).append("done\n").toString().getBytes(UTF_8);
    }

    private SqlRepository parse(byte[] pack) throws IOException {
        return parse(SqlRepository.open(git.newRow(), git.storage), pack);
    }

    private SqlRepository parse(SqlRepository repository, byte[] pack) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(new ByteArrayInputStream(pack));
            parser.setAllowThin(true);
            parser.setCheckEofAfterPackFooter(true);
            parser.setObjectChecker(checker);
            parser.setMaxObjectSizeLimit(LARGEST);
            parser.parse(null, null);
        }
        return repository;
    }

    private static byte[] file(SqlRepository repository, PackExt ext) throws IOException {
        DfsPackFile[] packs = repository.getObjectDatabase().getPacks();
        DfsPackDescription newest = packs[0].getPackDescription();
        try (ReadableChannel channel = repository.getObjectDatabase().openFile(newest, ext)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) newest.getFileSize(ext));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            return bytes.array();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--delta-base-offset", "--no-reuse-delta", "--depth=1", "--window=0", "--depth=4000"})
    void makes_the_same_index_as_git(String option) throws Exception {
        byte[] pack = history.pack("refs/heads/main\n", option);

        try (SqlRepository repository = parse(pack)) {
            assertThat(file(repository, PackExt.PACK)).isEqualTo(pack);
            assertThat(file(repository, PackExt.INDEX)).isEqualTo(history.index(pack));
            assertThat(checker.isPlain(List.of(history.head()), 1_000_000, 1000))
                    .isTrue();
            assertThat(checker.isPlain(List.of(history.head()), 200, 1000))
                    .as("a file is long")
                    .isFalse();
            assertThat(checker.isPlain(List.of(history.head()), 1_000_000, 8))
                    .as("d0/e0/f0")
                    .isFalse();
            assertThat(checker.isPlain(List.of(ObjectId.zeroId()), 1_000_000, 1000))
                    .isFalse();
        }
    }

    @Test
    void a_pack_that_builds_on_what_is_here_stands_alone_afterwards() throws Exception {
        byte[] old = history.pack("refs/heads/main~200\n");
        for (String how : List.of("--delta-base-offset", "--no-reuse-delta")) {
            byte[] thin = history.pack("refs/heads/main\n^refs/heads/main~200\n", "--thin", how);
            try (SqlRepository repository = SqlRepository.open(git.newRow(), git.storage)) {
                parse(repository, old);
                parse(repository, thin);

                assertThat(checker.isPlain(List.of(history.head()), 1_000_000, 1000))
                        .isFalse();
                byte[] stored = file(repository, PackExt.PACK);
                assertThat(stored).hasSizeGreaterThan(thin.length);
                assertThat(file(repository, PackExt.INDEX)).isEqualTo(history.index(stored));
            }
        }
    }

    @Test
    void what_lacks_an_object_is_not_whole() throws Exception {
        byte[] pack = history.pack("refs/heads/main\n^refs/heads/main~200\n");

        try (SqlRepository repository = parse(pack)) {
            assertThat(file(repository, PackExt.INDEX)).isEqualTo(history.index(pack));
            assertThat(checker.isPlain(List.of(history.head()), 1_000_000, 1000))
                    .isFalse();
        }
    }

    @Test
    void a_thin_pack_without_its_bases_is_refused() throws Exception {
        byte[] thin = history.pack("refs/heads/main\n^refs/heads/main~200\n", "--thin");

        assertThatThrownBy(() -> parse(thin)).isInstanceOf(IOException.class);
    }

    @Test
    void large_files_come_whole_and_as_deltas() throws Exception {
        NativeGit large = NativeGit.init(folder.resolve("large"));
        byte[] content = new byte[20 << 20];
        new Random(1).nextBytes(content);
        Files.write(large.folder().resolve("big"), content);
        byte[] changed = Arrays.copyOf(content, content.length + 5);
        Files.write(large.folder().resolve("bigger"), changed);
        Files.write(large.folder().resolve("medium"), Arrays.copyOf(content, 3 << 20));
        large.commitAll();
        large.importStream(stream(300, ""));

        for (String option : List.of("--window=0", "--window=250")) {
            byte[] pack = large.pack("", "--all", option);
            try (SqlRepository repository = parse(pack)) {
                assertThat(file(repository, PackExt.PACK)).isEqualTo(pack);
                assertThat(file(repository, PackExt.INDEX)).isEqualTo(large.index(pack));
                assertThat(checker.isPlain(List.of(large.head()), content.length, 1000))
                        .isFalse();
            }
        }
    }

    @Test
    void a_pointer_and_a_bad_name_are_noticed() throws Exception {
        byte[] pointer = LfsPointer.render(new Sha256("ab".repeat(32)), 77);
        String commit = "commit refs/heads/main\ncommitter A <a@example.org> 1800000000 +0000\ndata 1\nx\n";
        for (String file : List.of(
                "M 644 inline w.bin\ndata " + pointer.length + '\n' + new String(pointer, UTF_8) + '\n',
                "M 644 inline a\\b\ndata 1\nx\n",
                "M 644 inline GITMOD~1\ndata 1\nx\n")) {
            NativeGit other = NativeGit.init(Files.createTempDirectory(folder, "other"));
            other.importStream(stream(300, commit + file));
            ArrivalChecker own = new ArrivalChecker();
            try (SqlRepository repository = SqlRepository.open(git.newRow(), git.storage);
                    ObjectInserter inserter = repository.newObjectInserter()) {
                PackParser parser = inserter.newPackParser(new ByteArrayInputStream(other.pack("", "--all")));
                parser.setObjectChecker(own);
                parser.parse(null, null);
                assertThat(own.isPlain(List.of(other.head()), 1_000_000, 1000))
                        .as(file)
                        .isFalse();
            }
        }
    }

    @Test
    void submodules_are_told_of() throws Exception {
        NativeGit other = NativeGit.init(folder.resolve("modules"));
        other.importStream(stream(
                300,
                "commit refs/heads/main\ncommitter A <a@example.org> 1800000000 +0000\ndata 1\nx\n"
                        + "M 644 inline .gitmodules\ndata 1\nx\n"));

        try (SqlRepository repository = parse(other.pack("", "--all"))) {
            assertThat(repository.getObjectDatabase().getPacks()).hasSize(1);
            assertThat(checker.getGitsubmodules())
                    .extracting(entry -> entry.getBlobId().name())
                    .containsExactly(other.text("rev-parse", "main:.gitmodules"));
        }
    }

    /** Its head alone must not cost what so many objects would. */
    @Test
    void a_pack_that_promises_millions_and_ends_is_refused() {
        byte[] head = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0x3d, 0x09, 0, 0x10};

        assertThatThrownBy(() -> parse(head)).isInstanceOf(IOException.class);
    }

    @Test
    void a_tree_that_fsck_refuses_is_refused_by_name() throws Exception {
        NativeGit bad = NativeGit.init(folder.resolve("bad"));
        bad.importStream(stream(300, ""));
        String blob = bad.text("rev-parse", "main:d0/e0/f0");
        String tree = bad.text(("100644 blob " + blob + "\t.git\n").getBytes(US_ASCII), "mktree");
        String commit = bad.text("commit-tree", "-p", "main", "-m", "x", tree);

        assertThatThrownBy(() -> parse(bad.pack(commit + '\n')))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining(tree)
                .hasMessageContaining(".git");
    }

    /** No damage gets another answer than an {@link IOException}, and nothing of it is staged. */
    @Test
    void damaged_packs_are_refused() throws Exception {
        byte[] pack = history.pack("refs/heads/main\n", "--delta-base-offset");
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = pack.clone();
            if (i % 3 == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(12, damaged.length));
            } else if (i % 3 == 1) {
                damaged[random.nextInt(12, damaged.length)] ^= (byte) (1 << random.nextInt(8));
            } else { // with a checksum that is right
                damaged[random.nextInt(12, damaged.length - 20)] ^= (byte) (1 << random.nextInt(8));
                NativeGit.sign(damaged);
            }
            byte[] sent = damaged;
            try (SqlRepository repository = SqlRepository.open(git.newRow(), git.storage)) {
                assertThatThrownBy(() -> parse(repository, sent)).as("%d", i).isInstanceOf(IOException.class);
                assertThat(repository.getObjectDatabase().getPacks()).isEmpty();
            }
        }
    }
}
