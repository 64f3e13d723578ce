package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.kohakuhub.object.ObjectLedger;

/** The short transactions of {@link XetSweep}. Each looks again whether its victims are still what they were. */
@Stateless
public class XetSweepSteps {
    private final SweepRows rows;
    private final ObjectLedger objects;

    /** For the container's proxy only. */
    protected XetSweepSteps() {
        this(null, null);
    }

    @Inject
    public XetSweepSteps(SweepRows rows, ObjectLedger objects) {
        this.rows = rows;
        this.objects = objects;
    }

    /** Takes back the right to files that a bucket got before {@code before} and has not named. */
    public int expireUploads(long before) {
        return rows.expireUploads(before);
    }

    /** Forgets files of before {@code before} that no repository or bucket has; their xorbs stay for now. */
    public int forgetFiles(List<String> files, long before) {
        return rows.forget(files, before);
    }

    /** Hides xorbs that nobody uses from dedup answers. */
    public int condemn(List<String> xorbs, XetSweep.Limits limits, long now) {
        return rows.condemn(xorbs, limits, now);
    }

    /** Removes the rows of xorbs that were hidden for long enough; their bytes are swept after that. */
    public int remove(List<String> xorbs, XetSweep.Limits limits) {
        int removed = 0;
        for (String xorb : xorbs) {
            for (String key : rows.remove(xorb, limits)) {
                objects.giveUp(key);
                removed++;
            }
        }
        return removed;
    }
}
