package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Profile;
import org.kohakuhub.account.Profiles;
import org.kohakuhub.org.Organizations;

/** Sums users and organizations up. Which repositories count for the caller is {@link Organizations}' question to the policy. */
@Stateless
public class Overviews {
    private final Profiles profiles;
    private final Organizations organizations;
    private final AccessPolicy access;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    @SuppressWarnings("NullAway")
    protected Overviews() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public Overviews(Profiles profiles, Organizations organizations, AccessPolicy access) {
        this.profiles = profiles;
        this.organizations = organizations;
        this.access = access;
    }

    /**
     * Sums a user or an organization up, as far as the caller may see.
     *
     * @throws org.kohakuhub.common.HubException NOT_FOUND
     */
    public Overview of(Caller caller, String name, boolean organization) {
        Profile profile = profiles.find(name, organization);
        String id = profile.account().id();
        Visibility visibility = access.visibility(caller);
        Object[] counts = (Object[]) em.createNativeQuery("""
                        select (select count(*) from repo_like where user_id = ?1),
                          (select count(*) from follow where follower_id = ?1),
                          (select count(*) from follow where followed_id = ?1),
                          (select count(*) from membership where org_id = ?1),
                          (select count(*) from follow where followed_id = ?1 and follower_id = ?2),
                          (select count(*) from discussion d join repository r on r.id = d.repo_id
                            where d.author_id = ?1 and d.status <> 'preparing'
                            and (not r.is_private or ?3 = 1 or r.owner_id in (?4)))""")
                .setParameter(1, id)
                .setParameter(2, caller.isAnonymous() ? "" : caller.userId())
                .setParameter(3, visibility.everything() ? 1 : 0)
                .setParameter(4, visibility.ownerIds().isEmpty() ? Set.of("") : visibility.ownerIds())
                .getSingleResult();
        Optional<Boolean> followed = caller.isAnonymous() ? Optional.empty() : Optional.of(number(counts[4]) > 0);
        return new Overview(
                profile,
                organizations.repositories(caller, profile.account()),
                number(counts[0]),
                number(counts[5]),
                number(counts[1]),
                number(counts[2]),
                number(counts[3]),
                followed,
                organization ? List.of() : organizations.ofUser(id));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
