package org.kohakuhub.org;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Picture;
import org.kohakuhub.account.Pictures;

/** Changes the pictures of organizations. */
@Stateless
public class OrganizationPictures {
    private final Organizations organizations;
    private final Pictures pictures;
    private final AccessPolicy access;

    /** For the container's proxy. */
    protected OrganizationPictures() {
        this(null, null, null);
    }

    @Inject
    public OrganizationPictures(Organizations organizations, Pictures pictures, AccessPolicy access) {
        this.organizations = organizations;
        this.pictures = pictures;
        this.access = access;
    }

    /**
     * Gives an organization another picture, or takes it away.
     *
     * @throws org.kohakuhub.common.HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public void change(Caller caller, String name, Optional<Picture> picture) {
        access.requireNamespace(
                caller, Action.MANAGE_ORGANIZATION, organizations.find(name).name());
        pictures.changeOrganization(name, picture);
    }
}
