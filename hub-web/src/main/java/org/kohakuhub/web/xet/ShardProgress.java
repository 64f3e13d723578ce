package org.kohakuhub.web.xet;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * The lines that answer a shard (docs/xet-protocol.md, 2.2): a JSON object each, the last one a result or an error. The
 * client gives up after five minutes without any, so there is one every few seconds.
 */
final class ShardProgress {
    private static final System.Logger log = System.getLogger(ShardProgress.class.getName());
    private static final long EVERY = TimeUnit.SECONDS.toNanos(5);

    private final OutputStream out;
    private long last;
    private boolean gone;

    ShardProgress(OutputStream out) {
        this.out = out;
        this.last = System.nanoTime() - EVERY;
    }

    /** The work that is told of. */
    interface Work {
        void run(ShardProgress lines);
    }

    void run(Work work) {
        try {
            work.run(this);
            line(Json.createObjectBuilder().add("type", "committing").add("stage", "syncing"));
            line(Json.createObjectBuilder().add("type", "result"));
        } catch (HubException refusal) {
            error(refusal.sentence(), refusal.kind() == ErrorKind.UNAVAILABLE);
        } catch (RuntimeException defect) {
            log.log(Level.ERROR, "Unexpected failure in a shard", defect);
            error("Internal server error", true);
        }
    }

    /** Tells how many files are done, if the last line was long enough ago. */
    void verified(int files, int total) {
        long now = System.nanoTime();
        if (now - last >= EVERY) {
            last = now;
            line(Json.createObjectBuilder()
                    .add("type", "validating")
                    .add("verified", files)
                    .add("total", total));
        }
    }

    private void error(String message, boolean retryable) {
        line(Json.createObjectBuilder()
                .add("type", "error")
                .add("message", message)
                .add("retryable", retryable));
    }

    /** A client that has gone away does not stop the work: when it asks again, it is done. */
    private void line(JsonObjectBuilder object) {
        if (gone) {
            return;
        }
        try {
            out.write((object.build() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            gone = true;
        }
    }
}
