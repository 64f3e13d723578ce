package org.kohakuhub.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.common.Network;

class CallerNetworkTest {
    private static final List<Network> TRUSTED = List.of(
            Network.parse("127.0.0.0/8").orElseThrow(),
            Network.parse("10.0.0.0/8").orElseThrow());

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, '', cb007107",
        "203.0.113.7, 198.51.100.1, cb007107", // his own word
        "127.0.0.1, 198.51.100.1, c6336401",
        "127.0.0.1, '192.0.2.1, 198.51.100.1', c6336401", // what he said himself stands left
        "127.0.0.1, '192.0.2.1, 198.51.100.1, 10.1.2.3', c6336401", // by two proxies
        "127.0.0.1, 10.1.2.3, 0a010203",
        "127.0.0.1, 'unknown', 7f000001",
        "127.0.0.1, '198.51.100.1:4711', c6336401",
        "127.0.0.1, '[2001:db8:1:2:3:4:5:6]:443', 20010db800010002",
        "2001:db8:1:2::9, '', 20010db800010002",
        "fe80::1%eth0, '', fe80000000000000",
        "nonsense, '', unknown"
    })
    void the_first_whom_no_trusted_proxy_vouches_for(String remote, String way, String shown) {
        List<String> forwarded = way.isEmpty() ? List.of() : Arrays.asList(way.split(",", -1));

        assertThat(CallerNetwork.of(remote, forwarded, TRUSTED)).isEqualTo(shown);
    }
}
