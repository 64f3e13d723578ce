package org.kohakuhub.version;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.version.RefsMoved.Move;

/**
 * Judges one push before its refs move. Sentences are shown in the terminal of whoever pushes; they say what is wrong with
 * what, and what helps.
 */
public interface PushPolicy {
    /** Who pushes, for the reflog. */
    Author author();

    /** From so many bytes on, a file may not stand in git itself. */
    long tooLong();

    /**
     * Why this ref may not move so, if it may not.
     *
     * @param forced whether commits would be lost by it
     */
    Optional<String> objection(Move move, boolean forced);

    /** What is wrong with the files that come new; empty if nothing is. */
    List<String> objections(Arrivals arrivals);

    /** The refs have moved; called after everything is stored. */
    void moved(List<Move> moves);

    /**
     * Files that no ref had before.
     *
     * @param pointers the git-lfs pointers among them; a path may have had several, one after the other
     * @param tooLong the size in bytes of those that are too long, by path
     * @param badPaths paths that no file may have, with the reason
     */
    record Arrivals(List<NewPointer> pointers, Map<String, Long> tooLong, Map<String, String> badPaths) {}

    /** A git-lfs pointer that a push brings, and where it first stands. */
    record NewPointer(String path, LfsPointer pointer) {}
}
