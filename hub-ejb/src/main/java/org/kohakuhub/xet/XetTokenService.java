package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.config.XetConfig;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.repo.Revisions;

/** Hands out the tokens with which clients go to the CAS endpoints (docs/xet-protocol.md, 1.1). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class XetTokenService {
    /** How long a token is good. */
    public static final Duration TOKEN_LIFE = CasTokens.LIFE;

    private final AccessPolicy access;
    private final Revisions revisions;
    private final CasTokens tokens;
    private final XetConfig config;
    private final WriteAccess writes;

    /** For the container's proxy only. */
    protected XetTokenService() {
        this(null, null, null, null, null);
    }

    @Inject
    public XetTokenService(
            AccessPolicy access, Revisions revisions, CasTokens tokens, XetConfig config, WriteAccess writes) {
        this.access = access;
        this.revisions = revisions;
        this.tokens = tokens;
        this.config = config;
        this.writes = writes;
    }

    /**
     * A token for fetching what is at a revision.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, REVISION_NOT_FOUND
     */
    public Grant read(Caller caller, RepoId name, Revision revision) {
        RepoKey repo = access.require(caller, CasScope.READ.action(), name);
        revisions.commit(repo, revision);
        return grant(CasScope.READ, new CasHome.OfRepository(repo), caller);
    }

    /**
     * A token for fetching whatever the repository has.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND
     */
    public Grant read(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, CasScope.READ.action(), name);
        return grant(CasScope.READ, new CasHome.OfRepository(repo), caller);
    }

    /**
     * A token for sending files that are to be committed to a branch.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, REVISION_NOT_FOUND
     */
    public Grant write(Caller caller, RepoId name, Revision revision) {
        RepoKey repo = writes.require(caller, name, revision);
        revisions.branch(repo, revision);
        boolean everywhere = access.allows(caller, CasScope.WRITE.action(), repo);
        return grant(everywhere ? CasScope.WRITE : CasScope.PROPOSE, new CasHome.OfRepository(repo), caller);
    }

    /**
     * A token for sending files that are to be committed to a new pull request.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public Grant propose(Caller caller, RepoId name) {
        return grant(CasScope.PROPOSE, new CasHome.OfRepository(writes.propose(caller, name)), caller);
    }

    /**
     * A token for fetching what is in a bucket, or for sending files that are to be named in it.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public Grant bucket(Caller caller, BucketId name, CasScope scope) {
        BucketKey bucket = access.requireBucket(caller, scope.action(), name);
        return grant(scope, new CasHome.OfBucket(bucket), caller);
    }

    /** Whom a token names, whether or not he may still do what it is for; empty if the hub did not make it or it is over. */
    public Optional<Caller> bearer(String token) {
        try {
            return Optional.of(tokens.read(token).caller());
        } catch (HubException unknown) {
            return Optional.empty();
        }
    }

    private Grant grant(CasScope scope, CasHome home, Caller caller) {
        CasTokens.Issued issued = tokens.issue(scope, home, caller);
        return new Grant(config.casPath(), issued.token(), issued.expires());
    }

    /**
     * What a client needs for the CAS endpoints.
     *
     * @param casPath behind the hub's address, with leading and without trailing slash
     */
    public record Grant(String casPath, String token, Instant expires) {
        /** Where the whole file of this hash answers a GET, behind the hub's address. */
        public String filePath(XetHash file) {
            return casPath + "/v1/files/" + file;
        }
    }
}
