package org.kohakuhub.version.git;

/** A pack that JGit's own parser has to read: an object is too large to be taken in by several threads at once. */
final class UnfitPackException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitPackException() {
        super(null, null, false, false);
    }
}
