package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.RepoId;

/** Shows a repository's managers when its files become LFS files. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LfsSettingsService {
    private final AccessPolicy access;
    private final LfsRules rules;

    @SuppressWarnings("NullAway")
    protected LfsSettingsService() { // the container's proxy only
        this(null, null);
    }

    @Inject
    public LfsSettingsService(AccessPolicy access, LfsRules rules) {
        this.access = access;
        this.rules = rules;
    }

    /**
     * The settings of a repository.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public LfsSettings of(Caller caller, RepoId name) {
        return rules.settings(access.require(caller, Action.MANAGE, name));
    }
}
