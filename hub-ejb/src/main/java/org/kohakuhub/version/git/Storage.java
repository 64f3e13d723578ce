package org.kohakuhub.version.git;

import java.time.InstantSource;
import org.kohakuhub.object.ObjectStore;

/** What a repository's objects and refs are made of. */
record Storage(
        PackRows packs,
        RefRows refs,
        Publisher publisher,
        SegmentCache segments,
        ObjectStore objects,
        InstantSource clock) {}
