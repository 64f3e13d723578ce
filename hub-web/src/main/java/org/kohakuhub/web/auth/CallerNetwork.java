package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.Network;

/**
 * From where a request comes: the connection's other end, or, if that is a trusted proxy, whom it names in
 * {@code X-Forwarded-For}, read from the right up to the first that is not trusted. What stands left of him is his own
 * word.
 */
public final class CallerNetwork {
    /** Who has an IPv6 address has all of its network. */
    private static final int IPV6_PREFIX = 8;

    private CallerNetwork() {}

    /** The bytes of the address in hex; of IPv6 those of the network. */
    public static String of(HttpServletRequest request, List<Network> trusted) {
        List<String> way = new ArrayList<>();
        Collections.list(request.getHeaders("X-Forwarded-For"))
                .forEach(header -> Arrays.stream(header.split(",", -1)).forEach(way::add));
        return of(request.getRemoteAddr(), way, trusted);
    }

    static String of(String remote, List<String> way, List<Network> trusted) {
        Optional<byte[]> here = address(remote);
        for (int i = way.size() - 1;
                i >= 0 && here.filter(at -> isTrusted(at, trusted)).isPresent();
                i--) {
            Optional<byte[]> before = address(way.get(i));
            if (before.isEmpty()) {
                break; // the proxy passed on what is no address
            }
            here = before;
        }
        return here.map(CallerNetwork::shown).orElse("unknown");
    }

    private static boolean isTrusted(byte[] address, List<Network> trusted) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<byte[]> address(String text) {
        if (text == null) {
            return Optional.empty();
        }
        String bare = text.trim().replaceFirst("%.*$", ""); // an IPv6 zone
        if (bare.startsWith("[")) {
            bare = bare.substring(1).replaceFirst("](:[0-9]+)?$", "");
        } else if (bare.matches("[0-9.]+:[0-9]+")) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        return Network.address(bare);
    }

    private static String shown(byte[] address) {
        return HexFormat.of().formatHex(address, 0, address.length == 4 ? 4 : IPV6_PREFIX);
    }
}
