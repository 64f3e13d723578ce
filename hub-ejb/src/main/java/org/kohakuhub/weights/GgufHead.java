package org.kohakuhub.weights;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the head of a GGUF file tells (ggml, docs/gguf.md): numbers are little-endian, texts have their length before
 * them.
 *
 * @param total how many numbers its tensors have
 */
record GgufHead(
        long total,
        Optional<String> architecture,
        OptionalLong contextLength,
        Optional<String> chatTemplate,
        Optional<String> quantization) {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final long MOST_FIELDS = 100_000;
    private static final long MOST_TENSORS = 1_000_000;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_KEY = 1_024;

    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Bytes of each type's values, by its number; 0 for those without a fixed length. */
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    /**
     * Reads the head; what it says of the vocabulary is passed over.
     *
     * @throws MalformedHeadException if this is no such head
     * @throws java.io.EOFException if it goes on behind the end of the stream
     */
    static GgufHead read(InputStream file) throws IOException {
        return new Reader(new DataInputStream(new BufferedInputStream(file, 1 << 16))).head();
    }

    private static final class Reader {
        private final DataInputStream in;
        private Optional<String> architecture = Optional.empty();
        private OptionalLong contextLength = OptionalLong.empty();
        private Optional<String> chatTemplate = Optional.empty();
        private Optional<String> quantization = Optional.empty();

        Reader(DataInputStream in) {
            this.in = in;
        }

        GgufHead head() throws IOException {
            expect(int32() == MAGIC);
            int version = int32();
            expect(version == 2 || version == 3);
            long tensors = int64();
            long fields = int64();
            expect(tensors >= 0 && tensors <= MOST_TENSORS && fields >= 0 && fields <= MOST_FIELDS);
            for (long i = 0; i < fields; i++) {
                field();
            }
            long total = 0;
            try {
                for (long i = 0; i < tensors; i++) {
                    total = Math.addExact(total, tensor());
                }
            } catch (ArithmeticException e) {
                throw new MalformedHeadException("More numbers than there can be");
            }
            return new GgufHead(total, architecture, contextLength, chatTemplate, quantization);
        }

        private void field() throws IOException {
            String key = text(LONGEST_KEY).orElseThrow(() -> new MalformedHeadException("A key that is too long"));
            int type = int32();
            if (key.equals("general.architecture") && type == STRING) {
                architecture = text(200);
            } else if (key.equals("tokenizer.chat_template") && type == STRING) {
                chatTemplate = text(LONGEST_TEXT);
            } else if (key.equals("quantize.imatrix.file") && type == STRING) {
                quantization = text(LONGEST_KEY);
            } else if (key.endsWith(".context_length") && (type == 4 || type == 5)) {
                contextLength = OptionalLong.of(Integer.toUnsignedLong(int32()));
            } else if (key.endsWith(".context_length") && (type == 10 || type == 11)) {
                contextLength = OptionalLong.of(int64());
            } else {
                skip(type, 0);
            }
        }

        private void skip(int type, int depth) throws IOException {
            expect(type >= 0 && type < SIZES.length && depth < 4);
            if (type == STRING) {
                skip(int64());
            } else if (type == ARRAY) {
                int of = int32();
                long length = int64();
                expect(of >= 0 && of < SIZES.length && length >= 0 && length <= Integer.MAX_VALUE);
                if (SIZES[of] > 0) {
                    skip(length * SIZES[of]);
                } else {
                    for (long i = 0; i < length; i++) {
                        skip(of, depth + 1);
                    }
                }
            } else {
                skip(SIZES[type]);
            }
        }

        private long tensor() throws IOException {
            skip(int64()); // its name
            int dimensions = int32();
            expect(dimensions >= 0 && dimensions <= 8);
            long numbers = 1;
            for (int i = 0; i < dimensions; i++) {
                long length = int64();
                expect(length >= 0);
                numbers = Math.multiplyExact(numbers, length);
            }
            skip(Integer.BYTES + Long.BYTES); // its type and place
            return numbers;
        }

        /** A text; empty, and passed over, if it is longer. */
        private Optional<String> text(int longest) throws IOException {
            long length = int64();
            expect(length >= 0);
            if (length > longest) {
                skip(length);
                return Optional.empty();
            }
            byte[] bytes = new byte[(int) length];
            in.readFully(bytes);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }

        private int int32() throws IOException {
            return Integer.reverseBytes(in.readInt());
        }

        private long int64() throws IOException {
            return Long.reverseBytes(in.readLong());
        }

        private void skip(long bytes) throws IOException {
            expect(bytes >= 0);
            in.skipNBytes(bytes);
        }

        private static void expect(boolean holds) throws MalformedHeadException {
            if (!holds) {
                throw new MalformedHeadException("The head is not that of a GGUF file");
            }
        }
    }
}
