package org.kohakuhub.common;

import java.util.Locale;

/** The repository or bucket has another name now, which the caller may know. Clients are sent on, with method and body. */
public class RepoMovedException extends HubException {
    private static final long serialVersionUID = 1L;

    private final String before;
    private final String now;

    /** For a repository that was called so, and is called otherwise. */
    public RepoMovedException(RepoId before, RepoId now) {
        super(ErrorKind.REPO_MOVED, "The repository is called " + now.fullName() + " now");
        this.before = '/' + before.fullName();
        this.now = '/' + now.fullName();
    }

    /** The same for a bucket. */
    public RepoMovedException(BucketId before, BucketId now) {
        super(ErrorKind.REPO_MOVED, "The bucket is called " + now.fullName() + " now");
        this.before = '/' + before.fullName();
        this.now = '/' + now.fullName();
    }

    /** The name that it has now, {@code ns/name}. */
    public String nameNow() {
        return now.substring(1);
    }

    /**
     * The same address with the new name in it; relative, so that it is right behind every proxy.
     *
     * @param query null where there is none
     */
    public String sentOn(String path, String query) {
        int at = path.toLowerCase(Locale.ROOT).indexOf(before.toLowerCase(Locale.ROOT));
        String there = at < 0 ? now : path.substring(0, at) + now + path.substring(at + before.length());
        return query == null ? there : there + '?' + query;
    }
}
