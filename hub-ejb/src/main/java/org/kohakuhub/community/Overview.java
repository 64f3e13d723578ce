package org.kohakuhub.community;

import java.util.List;
import java.util.Optional;
import org.kohakuhub.account.Profile;
import org.kohakuhub.org.Belonging;
import org.kohakuhub.org.RepoCounts;

/**
 * What a user's or an organization's page shows at its top.
 *
 * @param repositories those that the caller may see
 * @param likes given by a user; 0 for an organization
 * @param discussions that a user has opened in public repositories; 0 for an organization
 * @param following whom a user follows; 0 for an organization
 * @param members of an organization; 0 for a user
 * @param followedByCaller empty for nobody in particular
 * @param organizations that a user is in
 */
public record Overview(
        Profile profile,
        RepoCounts repositories,
        long likes,
        long discussions,
        long following,
        long followers,
        long members,
        Optional<Boolean> followedByCaller,
        List<Belonging> organizations) {
    /** Copies the list. */
    public Overview {
        organizations = List.copyOf(organizations);
    }
}
