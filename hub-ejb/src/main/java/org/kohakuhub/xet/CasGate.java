package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Lets requests to the CAS endpoints in: by their token, and by the right that its user has now. */
@ApplicationScoped
class CasGate {
    private final CasTokens tokens;
    private final AccessPolicy access;

    /** For the container's proxy only. */
    protected CasGate() {
        this(null, null);
    }

    @Inject
    CasGate(CasTokens tokens, AccessPolicy access) {
        this.tokens = tokens;
        this.access = access;
    }

    /** Who came in, and to what. */
    record Entry(CasHome home, Caller caller) {}

    /**
     * Checks a token.
     *
     * @throws HubException UNAUTHENTICATED; FORBIDDEN if the token is for reading only or the right was taken away;
     *     REPO_NOT_FOUND
     */
    Entry enter(String token, CasScope wanted) {
        CasTokens.Bearer bearer = tokens.read(token);
        if (!bearer.scope().covers(wanted)) {
            throw new HubException(ErrorKind.FORBIDDEN, "This CAS token is for reading only");
        }
        return new Entry(home(bearer, bearer.scope().actionFor(wanted)), bearer.caller());
    }

    private CasHome home(CasTokens.Bearer bearer, Action action) {
        return CasHome.bucketId(bearer.home())
                .<CasHome>map(id -> new CasHome.OfBucket(access.requireBucketById(bearer.caller(), action, id)))
                .orElseGet(() -> new CasHome.OfRepository(access.requireById(bearer.caller(), action, bearer.home())));
    }
}
