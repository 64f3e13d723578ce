package org.kohakuhub.version.git;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.kohakuhub.version.RefsMoved;

/** An event that nobody observes. */
final class NoObservers implements Event<RefsMoved> {
    @Override
    public void fire(RefsMoved event) {}

    @Override
    public <U extends RefsMoved> CompletionStage<U> fireAsync(U event) {
        return CompletableFuture.completedStage(event);
    }

    @Override
    public <U extends RefsMoved> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
        return CompletableFuture.completedStage(event);
    }

    @Override
    public Event<RefsMoved> select(Annotation... qualifiers) {
        return this;
    }

    @Override
    public <U extends RefsMoved> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
        throw new AssertionError("not used");
    }

    @Override
    public <U extends RefsMoved> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new AssertionError("not used");
    }
}
