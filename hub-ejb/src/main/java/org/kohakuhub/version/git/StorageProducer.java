package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.kohakuhub.object.ObjectStore;

/** Puts together what every repository is opened on. */
@ApplicationScoped
class StorageProducer {
    @Produces
    @Singleton
    Storage storage(
            PackRows packs,
            RefRows refs,
            Publisher publisher,
            SegmentCache segments,
            ObjectStore objects,
            InstantSource clock) {
        return new Storage(packs, refs, publisher, segments, objects, clock);
    }
}
