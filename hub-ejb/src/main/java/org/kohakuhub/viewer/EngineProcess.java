package org.kohakuhub.viewer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kohakuhub.query.Answer;
import org.kohakuhub.query.EngineFiles;
import org.kohakuhub.query.Question;
import org.kohakuhub.query.Worker;

/** One process that answers questions, for one thread at a time. It knows no variable of the server's environment. */
final class EngineProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int answered;

    private EngineProcess(Process process) {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** Starts a process and waits until it is ready. */
    static EngineProcess start(Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(EngineFiles.command(home))
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        EngineProcess engine = new EngineProcess(builder.start());
        try {
            engine.within(START, () -> {
                if (engine.in.readInt() != Worker.READY) {
                    throw new IOException("The engine did not start");
                }
                return true;
            });
        } catch (IOException | Overdue e) {
            engine.close();
            throw new IOException("The engine did not start", e);
        }
        return engine;
    }

    /**
     * Asks.
     *
     * @throws Overdue if there was no answer in time; the process was killed
     * @throws IOException if the process died
     */
    Answer ask(Question question, Duration timeout) throws IOException, Overdue {
        answered++;
        return within(timeout, () -> {
            question.write(out);
            return Answer.read(in);
        });
    }

    int answered() {
        return answered;
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T within(Duration timeout, Exchange<T> exchange) throws IOException, Overdue {
        AtomicBoolean open = new AtomicBoolean(true);
        AtomicBoolean killed = new AtomicBoolean();
        Executor later = CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> {
            if (open.compareAndSet(true, false)) {
                killed.set(true);
                process.destroyForcibly();
            }
        });
        try {
            return exchange.run();
        } catch (IOException e) {
            if (killed.get()) {
                throw new Overdue();
            }
            throw e;
        } finally {
            open.set(false);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** There was no answer in time. */
    static final class Overdue extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
