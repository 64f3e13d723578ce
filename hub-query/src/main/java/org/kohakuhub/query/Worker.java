package org.kohakuhub.query;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The other process: answers one question after the other until its input ends. Each has a database of its own, in
 * memory. What takes too long is killed by who asked.
 */
public final class Worker {
    /** Sent once the process is ready. */
    public static final int READY = 0x48514E31;

    private Worker() {}

    /** Reads questions from standard input, writes answers to standard output. */
    public static void main(String[] args) throws IOException {
        serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    static void serve(InputStream questions, OutputStream answers) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(questions));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(answers));
        Session.warmUp();
        out.writeInt(READY);
        out.flush();
        for (int task = in.read(); task >= 0; task = in.read()) {
            Question question = Question.read(in, task);
            Answer answer;
            try {
                answer = Session.answer(question);
            } catch (OutOfMemoryError tooLarge) {
                answer = new Answer.Refusal(Answer.Kind.TOO_LARGE, "The rows are too large to be shown");
            }
            Answer.write(answer, out);
        }
    }
}
