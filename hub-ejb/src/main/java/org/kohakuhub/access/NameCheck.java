package org.kohakuhub.access;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.RepoId;

/** Tells whether a repository's name is free, to those who could find out otherwise. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NameCheck {
    private final Namespaces namespaces;
    private final AccessPolicy policy;

    /** For the container's proxy. */
    protected NameCheck() {
        this(null, null);
    }

    @Inject
    public NameCheck(Namespaces namespaces, AccessPolicy policy) {
        this.namespaces = namespaces;
        this.policy = policy;
    }

    /** The repository that has this name or one that looks like it. One that the caller may not see does not count. */
    public Optional<RepoId> takenBy(Caller caller, RepoId wanted) {
        return namespaces
                .lookAlike(caller, wanted)
                .map(Namespaces.Found::key)
                .filter(key -> policy.allows(caller, Action.READ, key))
                .map(RepoKey::name);
    }
}
