package org.kohakuhub.version.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.version.LfsPointer;

class ArrivalCheckerTest {
    private static final ObjectId SOME = ObjectId.fromString("1234567890123456789012345678901234567890");
    private static final byte[] POINTER = LfsPointer.render(new Sha256("ab".repeat(32)), 77);

    private final ArrivalChecker checker = new ArrivalChecker();
    private final ObjectInserter.Formatter ids = new ObjectInserter.Formatter();

    private ObjectId whole(int type, byte[] bytes) throws CorruptObjectException {
        ObjectId id = ids.idFor(type, bytes);
        checker.check(id, type, bytes);
        return id;
    }

    private ObjectId tree(String... names) throws CorruptObjectException {
        TreeFormatter tree = new TreeFormatter();
        for (String name : names) {
            tree.append(name, FileMode.REGULAR_FILE, SOME);
        }
        return whole(Constants.OBJ_TREE, tree.toByteArray());
    }

    @Test
    void a_pointer_is_known_whether_it_came_as_a_delta_or_piece_by_piece() throws CorruptObjectException {
        ObjectId resolved = whole(Constants.OBJ_BLOB, POINTER); // as JGit hands over what a delta makes
        assertThat(checker.find(resolved).orElseThrow().pointer()).hasValueSatisfying(pointer -> {
            assertThat(pointer.size()).isEqualTo(77);
        });
        BlobObjectChecker pieces = checker.newBlobObjectChecker();
        pieces.update(POINTER, 0, 9);
        pieces.update(POINTER, 9, POINTER.length - 9);
        pieces.endBlob(SOME);
        assertThat(checker.find(SOME).orElseThrow().pointer()).isPresent();
    }

    @Test
    void of_a_long_file_the_size_is_known() throws CorruptObjectException {
        BlobObjectChecker pieces = checker.newBlobObjectChecker();
        byte[] piece = new byte[1000];
        for (int i = 0; i < 5000; i++) {
            pieces.update(piece, 0, piece.length);
        }
        pieces.endBlob(SOME);
        assertThat(checker.find(SOME)).hasValueSatisfying(seen -> {
            assertThat(seen.size()).isEqualTo(5_000_000);
            assertThat(seen.pointer()).isEmpty();
        });
        ObjectId next = whole(Constants.OBJ_BLOB, "short".getBytes(UTF_8));
        assertThat(checker.find(next).orElseThrow().size()).isEqualTo(5);
        assertThat(checker.find(ObjectId.zeroId())).isEmpty();
    }

    @Test
    void a_folder_with_a_bad_name_is_looked_at_again() throws CorruptObjectException {
        assertThat(checker.find(tree("a.txt", "longer-name")).orElseThrow().longestName())
                .isEqualTo(11);
        assertThat(checker.find(tree("fine", "gitmod~1")).orElseThrow().longestName())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(checker.find(tree("back\\slash")).orElseThrow().longestName())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(checker.find(tree("fine", "gitmod~1", "other")).orElseThrow().longestName())
                .as("also the second time")
                .isEqualTo(Integer.MAX_VALUE);
    }
}
