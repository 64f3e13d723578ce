package org.kohakuhub.viewer;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the last bytes of a Parquet file say of it: so much of Thrift's compact protocol as the file's metadata needs.
 *
 * @param rows in all row groups
 * @param columns at the top level
 * @param bytes of the columns' data, uncompressed
 * @param features what the datasets library wrote under {@code huggingface}: JSON, not checked
 */
record ParquetFooter(long rows, int columns, long bytes, Optional<String> features) {
    /** Length of the footer and {@code PAR1}, at the end of every file. */
    static final int TAIL = 8;

    /** Longer footers are not read. */
    static final int LONGEST = 32 << 20;

    private static final int MAGIC = 0x31524150;
    private static final int LONGEST_FEATURES = 1 << 20;

    /**
     * How many bytes before the tail are the footer.
     *
     * @return empty if the file is no Parquet file, or its footer is longer than {@link #LONGEST}
     */
    static Optional<Integer> length(byte[] tail, long fileSize) {
        ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        if (tail.length != TAIL || bytes.getInt(4) != MAGIC) {
            return Optional.empty();
        }
        int length = bytes.getInt(0);
        return length > 0 && length <= LONGEST && length <= fileSize - TAIL ? Optional.of(length) : Optional.empty();
    }

    /** Reads a footer; empty if it is damaged. */
    static Optional<ParquetFooter> parse(byte[] footer) {
        try {
            return Optional.of(new Reader(ByteBuffer.wrap(footer)).file());
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static final class Reader {
        private static final int TRUE = 1;
        private static final int FALSE = 2;
        private static final int BYTE = 3;
        private static final int I64 = 6;
        private static final int DOUBLE = 7;
        private static final int BINARY = 8;
        private static final int LIST = 9;
        private static final int SET = 10;
        private static final int MAP = 11;
        private static final int STRUCT = 12;
        private static final int DEEPEST = 32;

        private final ByteBuffer in;
        private long rows = -1;
        private int columns;
        private long uncompressed;
        private Optional<String> features = Optional.empty();

        Reader(ByteBuffer in) {
            this.in = in;
        }

        ParquetFooter file() {
            struct((id, type) -> {
                if (id == 3 && type == I64) {
                    rows = number();
                } else if (id == 2 && type == LIST) {
                    schema();
                } else if (id == 4 && type == LIST) {
                    list((at, element) -> rowGroup());
                } else if (id == 5 && type == LIST) {
                    list((at, element) -> pair());
                } else {
                    skip(type, 0);
                }
            });
            if (rows < 0) {
                throw new IllegalArgumentException("no number of rows");
            }
            return new ParquetFooter(rows, columns, uncompressed, features);
        }

        /** The first element is the root, whose children are the columns. */
        private void schema() {
            list((at, element) -> struct((id, type) -> {
                if (at == 0 && id == 5) {
                    columns = (int) number();
                } else {
                    skip(type, 0);
                }
            }));
        }

        private void rowGroup() {
            struct((id, type) -> {
                if (id == 2 && type == I64) {
                    uncompressed += number();
                } else {
                    skip(type, 0);
                }
            });
        }

        private void pair() {
            String[] pair = {"", ""};
            struct((id, type) -> {
                if ((id == 1 || id == 2) && type == BINARY) {
                    pair[id - 1] = text();
                } else {
                    skip(type, 0);
                }
            });
            if (pair[0].equals("huggingface") && pair[1].length() <= LONGEST_FEATURES) {
                features = Optional.of(pair[1]);
            }
        }

        private interface Field {
            void read(int id, int type);
        }

        private void struct(Field each) {
            int id = 0;
            for (int head = in.get() & 0xff; head != 0; head = in.get() & 0xff) {
                int step = head >> 4;
                id = step == 0 ? (int) number() : id + step;
                each.read(id, head & 0xf);
            }
        }

        private void list(Field each) {
            int head = in.get() & 0xff;
            long size = head >> 4 == 15 ? varint() : head >> 4;
            for (int i = 0; i < size; i++) {
                each.read(i, head & 0xf);
            }
        }

        private void skip(int type, int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("nested too deeply");
            }
            switch (type) {
                case TRUE, FALSE -> {}
                case BYTE -> in.get();
                case DOUBLE -> in.getDouble();
                case BINARY -> {
                    int length = length();
                    in.position(in.position() + length);
                }
                case LIST, SET -> list((at, element) -> element(element, depth));
                case MAP -> map(depth);
                case STRUCT -> struct((id, field) -> skip(field, depth + 1));
                default -> {
                    if (type > I64) {
                        throw new IllegalArgumentException("an unknown type");
                    }
                    varint();
                }
            }
        }

        private void map(int depth) {
            long size = varint();
            int types = size == 0 ? 0 : in.get() & 0xff;
            for (long i = 0; i < size; i++) {
                element(types >> 4, depth);
                element(types & 0xf, depth);
            }
        }

        /** Inside a list a truth value takes a byte. */
        private void element(int type, int depth) {
            skip(type == TRUE || type == FALSE ? BYTE : type, depth + 1);
        }

        private String text() {
            byte[] bytes = new byte[length()];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private int length() {
            long length = varint();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("longer than the footer");
            }
            return (int) length;
        }

        private long number() {
            long zigzag = varint();
            return zigzag >>> 1 ^ -(zigzag & 1);
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number of more than 64 bits");
        }
    }
}
