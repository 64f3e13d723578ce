package org.kohakuhub.access;

/** What a caller may want to do with a repository or a namespace. */
public enum Action {
    /** Read what a repository tells of itself: its card's data, refs, log, discussions. */
    READ,
    /** Read its files, by whatever door; where it is gated, only for those who were let in. */
    READ_FILES,
    /** Open discussions and pull requests, comment on them, and upload what one's own pull request is to hold. */
    PROPOSE,
    /** Commit, upload, push, merge, revert; make and remove branches and tags. */
    WRITE,
    /** Settings, deletion, move, squash; reset or removal of a protected branch. */
    MANAGE,
    /** Create a repository in a namespace. */
    CREATE_REPOSITORY,
    /** Members up to admin, invitations and settings of an organization. */
    MANAGE_ORGANIZATION,
    /** Make and remove super-admins, delete the organization. */
    OWN_ORGANIZATION,
    /** Set quotas: site administrators only. */
    SET_QUOTA
}
