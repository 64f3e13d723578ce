package org.kohakuhub.viewer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.ViewerConfig;
import org.kohakuhub.query.Answer;
import org.kohakuhub.query.EngineFiles;
import org.kohakuhub.query.Question;

/**
 * A few processes with DuckDB in them. They are started when they are needed and ended when they are not: after a
 * minute without a question, after {@value #LIFE} questions, or at once when a question takes too long or breaks one.
 */
@ApplicationScoped
public class Engine {
    private static final int LIFE = 200;
    private static final long PATIENCE_SECONDS = 2;
    private static final long IDLE_SECONDS = 60;
    private static final int CELL_CHARS = 512 << 10;
    private static final int ANSWER_CHARS = 8 << 20;
    private static final int COLUMNS = 1_000;
    private static final int LONGEST_SQL = 5_000;
    private static final System.Logger log = System.getLogger(Engine.class.getName());

    private final ViewerFolder folder;
    private final ViewerConfig config;
    private final Semaphore room;
    private final Deque<EngineProcess> idle = new ArrayDeque<>();
    private Path home;
    private boolean closed;

    @SuppressWarnings("NullAway")
    protected Engine() { // the container's proxy only
        this.folder = null;
        this.config = null;
        this.room = null;
    }

    @Inject
    Engine(ViewerFolder folder, ViewerConfig config) {
        this.folder = folder;
        this.config = config;
        this.room = new Semaphore(config.workers(), true);
    }

    /** What a question about rows may use. */
    Question.Bounds bounds() {
        return bounds(CELL_CHARS);
    }

    private Question.Bounds bounds(int cellChars) {
        try {
            return new Question.Bounds(
                    config.memoryBytes(),
                    folder.below("spill").toString(),
                    config.maxBytes(),
                    cellChars,
                    ANSWER_CHARS,
                    COLUMNS);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Asks.
     *
     * @throws HubException UNAVAILABLE if all processes are busy or none can be started; UNPROCESSABLE if it took too
     *     long, if the files cannot be read, or if it needs too much; INVALID if the question's text is wrong
     */
    Answer.Table ask(Question question) {
        try {
            if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new HubException(ErrorKind.UNAVAILABLE, "The dataset viewer is busy, try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(ErrorKind.UNAVAILABLE, "The dataset viewer is closing");
        }
        try {
            return rows(answer(question, take()));
        } finally {
            room.release();
        }
    }

    /**
     * The syntax tree of an SQL text, by DuckDB's json_serialize_sql.
     *
     * @throws HubException INVALID if the text is too long
     */
    JsonObject parse(String sql) {
        if (sql.length() > LONGEST_SQL) {
            throw new HubException(ErrorKind.INVALID, "The SQL is longer than " + LONGEST_SQL + " characters");
        }
        Answer.Table answer = ask(new Question(
                Question.Task.PARSE, Question.Format.NONE, List.of(), "", sql, "", 0, 1, bounds(ANSWER_CHARS)));
        try {
            JsonArray cell = array('[' + answer.rows().get(0).cells().get(0) + ']');
            return object(cell.getString(0));
        } catch (RuntimeException | StackOverflowError e) { // too many objects in each other: a bare RuntimeException
            throw new HubException(ErrorKind.INVALID, "Invalid SQL: it is too deep or too long");
        }
    }

    private static JsonArray array(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readArray();
        }
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static Answer.Table rows(Answer answer) {
        if (answer instanceof Answer.Table table) {
            return table;
        }
        Answer.Refusal refusal = (Answer.Refusal) answer;
        boolean ofTheText = refusal.kind() == Answer.Kind.INVALID;
        throw new HubException(ofTheText ? ErrorKind.INVALID : ErrorKind.UNPROCESSABLE, refusal.sentence());
    }

    private Answer answer(Question question, EngineProcess process) {
        boolean whole = false;
        try {
            Answer answer = process.ask(question, config.timeout());
            whole = true;
            return answer;
        } catch (EngineProcess.Overdue e) {
            throw new HubException(
                    ErrorKind.UNPROCESSABLE,
                    "The question took longer than " + config.timeout().toSeconds() + " seconds");
        } catch (IOException e) {
            log.log(Level.WARNING, "A process of the dataset viewer died of {0}", question.task());
            throw new HubException(ErrorKind.UNPROCESSABLE, "The dataset viewer could not read these files");
        } finally {
            if (whole && process.answered() < LIFE) {
                keep(process);
            } else {
                process.close();
            }
        }
    }

    private EngineProcess take() {
        try {
            synchronized (this) {
                EngineProcess free = idle.pollFirst();
                if (free != null) {
                    return free;
                }
                if (home == null) {
                    Path unpacked = folder.below("engine");
                    EngineFiles.unpack(unpacked);
                    home = unpacked;
                }
            }
            return EngineProcess.start(home);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static HubException unavailable(IOException e) {
        log.log(Level.ERROR, "The dataset viewer's engine cannot be started", e);
        return new HubException(ErrorKind.UNAVAILABLE, "The dataset viewer is not available");
    }

    private synchronized void keep(EngineProcess process) {
        if (closed) {
            process.close();
            return;
        }
        idle.addFirst(process);
        int answered = process.answered();
        CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS).execute(() -> endIfIdle(process, answered));
    }

    private synchronized void endIfIdle(EngineProcess process, int answered) {
        if (process.answered() == answered && idle.remove(process)) {
            process.close();
        }
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        idle.forEach(EngineProcess::close);
        idle.clear();
    }
}
