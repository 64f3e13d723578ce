package org.kohakuhub.commit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.NoObservers;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.discussion.DiscussionRows;
import org.kohakuhub.discussion.Discussions;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.repo.TestHub;

/** A hub whose commits can be made and looked at, for the contracts of this package. */
interface WithCommits {
    Revision MAIN = new Revision.Named("main");

    TestHub hub();

    GrantedContents contents();

    default CommitService commits() {
        AttributeFiles attributes = new AttributeFiles(hub().versions);
        ChangeReader changes = new ChangeReader(hub().lfsRules, new LfsLinks(contents()), attributes, hub().revisions);
        return new CommitService(
                hub().versions,
                hub().revisions,
                hub().guard,
                changes,
                hub().authors,
                hub().cards,
                writes(),
                new DiscussionRows(null, new NoObservers<>()));
    }

    default WriteAccess writes() {
        return new WriteAccess(hub().access, new Discussions()); // branches only
    }

    default GitOid commit(Caller caller, RepoId repo, Lines lines) {
        return commits().commit(caller, repo, MAIN, lines).head();
    }

    default GitOid head(Caller caller, RepoId repo) {
        return hub().catalog.info(caller, repo, Optional.empty()).commit().orElseThrow();
    }

    static void assertThrows(ErrorKind kind, ThrowingCallable call) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(call)
                .extracting(HubException::kind)
                .isEqualTo(kind);
    }

    static Sha256 oid(int n) {
        return new Sha256(String.format("%064x", n));
    }
}
