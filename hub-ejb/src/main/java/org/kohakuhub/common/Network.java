package org.kohakuhub.common;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses, {@code 10.0.0.0/8}, {@code ::1}. Nothing here asks a name server. */
public final class Network {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern LITERAL = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}|(?=.*:)[0-9A-Fa-f:.]{2,45}");

    private final byte[] start;
    private final int bits;

    private Network(byte[] start, int bits) {
        this.start = start;
        this.bits = bits;
    }

    /** Reads an address or a range; empty for anything else. */
    public static Optional<Network> parse(String text) {
        String[] parts = text.split("/", 2);
        return address(parts[0]).flatMap(start -> {
            int most = start.length * Byte.SIZE;
            if (parts.length == 1) {
                return Optional.of(new Network(start, most));
            }
            boolean whole = parts[1].matches("[0-9]{1,3}") && Integer.parseInt(parts[1]) <= most;
            return whole ? Optional.of(new Network(start, Integer.parseInt(parts[1]))) : Optional.empty();
        });
    }

    /** The bytes of an address, 4 or 16; an IPv4 address that is written as IPv6 has 4. Empty for anything else. */
    public static Optional<byte[]> address(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Whether an address of 4 or 16 bytes is in the range. */
    public boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(address, 0, whole, start, 0, whole)
                && (rest == 0
                        || (address[whole] & 0xFF) >> (Byte.SIZE - rest)
                                == (start[whole] & 0xFF) >> (Byte.SIZE - rest));
    }
}
