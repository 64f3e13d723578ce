package org.kohakuhub.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Random;
import org.kohakuhub.xet.format.Chunker;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetHashing;
import org.kohakuhub.xet.format.XorbReader;
import org.kohakuhub.xet.format.XorbWriter;

/**
 * What one core does with chunks, without network, database or object store: MB of content a second of processor time,
 * beside SHA-256 of the same bytes in the same run.
 */
public final class XetBench {
    private static final int SIZE = 48 << 20;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 3;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** Runs all measurements. */
    public static void main(String[] arguments) throws Exception {
        new XetBench().run();
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] random = new byte[SIZE];
        new Random(1).nextBytes(random);
        double baseline = rate(() -> sha256.digest(random));
        out.println(String.format(Locale.ROOT, "SHA-256                          %8.0f MB/s a core", baseline));
        print("cutting into chunks", rate(() -> cut(random)), baseline);
        measure("random", random, baseline);
        measure("weights", weights(), baseline);
        measure("text", text(), baseline);
    }

    private void measure(String kind, byte[] content, double baseline) throws Exception {
        byte[] xorb = pack(content);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        out.println(String.format(
                Locale.ROOT, "%s: stored at %.0f %% of their size", kind, 100.0 * xorb.length / content.length));
        print("  xorb ingest", rate(() -> ingest(xorb)), baseline);
        print("  shard ingest (sha256 check)", rate(() -> reassemble(xorb, sha256)), baseline);
        print("  reassembly", rate(() -> reassemble(xorb, null)), baseline);
        print("  conversion (cut, hash, pack)", rate(() -> pack(content)), baseline);
    }

    private void print(String what, double rate, double baseline) {
        out.println(
                String.format(Locale.ROOT, "%-32s %8.0f MB/s a core   %.2f x SHA-256", what, rate, rate / baseline));
    }

    private static double rate(Work work) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        double best = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.max(best, SIZE * 1e3 / nanos);
        }
        return best;
    }

    private static void cut(byte[] content) throws IOException {
        Chunker chunker = new Chunker(chunk -> {});
        chunker.write(content, 0, content.length);
        chunker.finish();
    }

    private static byte[] pack(byte[] content) throws IOException {
        ByteArrayOutputStream xorb = new ByteArrayOutputStream(content.length + (1 << 20));
        XorbWriter writer = new XorbWriter(xorb);
        Chunker chunker = new Chunker(chunk -> writer.add(XetHashing.chunk(chunk, 0, chunk.length), chunk));
        chunker.write(content, 0, content.length);
        chunker.finish();
        return xorb.toByteArray();
    }

    private static void ingest(byte[] xorb) throws IOException {
        VerifiedXorb.read(new ByteArrayInputStream(xorb), OutputStream.nullOutputStream());
    }

    private static void reassemble(byte[] xorb, MessageDigest digest) throws IOException {
        XorbReader reader = new XorbReader(new ByteArrayInputStream(xorb));
        while (reader.next()) {
            byte[] chunk = reader.chunk();
            if (digest != null) {
                digest.update(chunk);
            }
        }
    }

    /** Numbers as trained models have them. */
    private static byte[] weights() {
        ByteBuffer weights = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(2);
        while (weights.hasRemaining()) {
            weights.putFloat((float) random.nextGaussian() * 0.02f);
        }
        return weights.array();
    }

    private static byte[] text() {
        StringBuilder text = new StringBuilder(SIZE + 64);
        Random random = new Random(3);
        for (int i = 0; text.length() < SIZE; i++) {
            text.append(i)
                    .append(',')
                    .append(random.nextInt(10_000))
                    .append(",row-")
                    .append(i % 977)
                    .append('\n');
        }
        return text.substring(0, SIZE).getBytes(StandardCharsets.US_ASCII);
    }
}
