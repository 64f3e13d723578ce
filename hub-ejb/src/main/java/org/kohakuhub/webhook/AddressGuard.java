package org.kohakuhub.webhook;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses may be called at a user's wish: those of the public Internet, and networks that the operator names. All
 * others could be services that trust whoever reaches them (RFC 6890 lists what is special).
 */
public final class AddressGuard {
    private static final List<Network> SPECIAL = List.of(
            network("0.0.0.0/8"),
            network("10.0.0.0/8"),
            network("100.64.0.0/10"),
            network("127.0.0.0/8"),
            network("169.254.0.0/16"),
            network("172.16.0.0/12"),
            network("192.0.0.0/24"),
            network("192.0.2.0/24"),
            network("192.88.99.0/24"),
            network("192.168.0.0/16"),
            network("198.18.0.0/15"),
            network("198.51.100.0/24"),
            network("203.0.113.0/24"),
            network("224.0.0.0/3"),
            network("::/8"), // unspecified, loopback, and IPv4 in several disguises
            network("64:ff9b::/96"),
            network("64:ff9b:1::/48"),
            network("100::/64"),
            network("2001::/23"),
            network("2001:db8::/32"),
            network("2002::/16"),
            network("fc00::/7"),
            network("fe80::/9"),
            network("ff00::/8"));

    private final List<Network> allowed;

    /**
     * A guard.
     *
     * @param allowed networks in the form {@code 10.1.0.0/16} that may be called all the same
     * @throws IllegalArgumentException if one is none
     */
    public AddressGuard(List<String> allowed) {
        this.allowed = allowed.stream().map(AddressGuard::network).toList();
    }

    /** Whether this address may be called. */
    public boolean allows(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.holds(address))
                || SPECIAL.stream().noneMatch(network -> network.holds(address));
    }

    private static Network network(String text) {
        String[] parts = text.split("/", -1);
        boolean literal = parts[0].matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"); // a name would be looked up
        if (parts.length != 2 || !literal || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("not a network such as 10.1.0.0/16: " + text);
        }
        try {
            InetAddress first = InetAddress.getByName(parts[0]);
            int prefix = Integer.parseInt(parts[1]);
            if (prefix > first.getAddress().length * 8) {
                throw new IllegalArgumentException("the prefix is too long: " + text);
            }
            return new Network(first, prefix);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a network: " + text.toLowerCase(Locale.ROOT), e);
        }
    }

    private record Network(InetAddress first, int prefix) {
        boolean holds(InetAddress address) {
            boolean sameKind = first instanceof Inet4Address && address instanceof Inet4Address
                    || first instanceof Inet6Address && address instanceof Inet6Address;
            if (!sameKind) {
                return false;
            }
            int shift = first.getAddress().length * 8 - prefix;
            return number(first).shiftRight(shift).equals(number(address).shiftRight(shift));
        }

        private static BigInteger number(InetAddress address) {
            return new BigInteger(1, address.getAddress());
        }
    }
}
