package org.kohakuhub.incontainer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.RefsMoved;

/** Refuses commits to one branch when all of their rows are written, as an observer does that finds no room for them. */
@ApplicationScoped
public class FullBranch {
    static final String NAME = "full";

    void refuse(@Observes RefsMoved moved) {
        for (RefsMoved.Move move : moved.moves()) {
            if (move.ref().equals("refs/heads/" + NAME) && move.from().isPresent()) {
                throw new HubException(ErrorKind.QUOTA_EXCEEDED, "no room in " + move.ref());
            }
        }
    }
}
