package org.kohakuhub.incontainer;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.org.Organizations;

/** Use cases that write and then end in one way or another, each in one transaction. */
@Stateless
public class Endings {
    @Inject
    private Organizations organizations;

    /** Writes, and is done. */
    public void succeed(Caller caller, String name) {
        organizations.create(caller, name, Optional.empty());
    }

    /** Writes, and refuses by the contract. */
    public void refuse(Caller caller, String name) {
        organizations.create(caller, name, Optional.empty());
        throw new HubException(ErrorKind.QUOTA_EXCEEDED, "no room for " + name);
    }

    /** Writes, and runs into a defect. */
    public void fail(Caller caller, String name) {
        organizations.create(caller, name, Optional.empty());
        throw new IllegalStateException("a defect");
    }

    /** Writes, is refused the same once more by another bean, and goes on as if nothing had been. */
    public void swallow(Caller caller, String name) {
        organizations.create(caller, name, Optional.empty());
        try {
            organizations.create(caller, name, Optional.empty());
        } catch (HubException refused) {
            return;
        }
        throw new AssertionError(name + " was made twice");
    }
}
