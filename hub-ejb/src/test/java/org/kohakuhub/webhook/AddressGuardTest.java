package org.kohakuhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1"
            })
    void special_addresses_are_not_called(String address) throws UnknownHostException {
        assertThat(guard.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00::1"})
    void public_addresses_are_called(String address) throws UnknownHostException {
        assertThat(guard.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void the_operator_may_allow_more() throws UnknownHostException {
        AddressGuard wider = new AddressGuard(List.of("10.1.0.0/16", "::1/128"));
        assertThat(wider.allows(InetAddress.getByName("10.1.200.3"))).isTrue();
        assertThat(wider.allows(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(wider.allows(InetAddress.getByName("::1"))).isTrue();
        assertThat(wider.allows(InetAddress.getByName("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "localhost/8", "x", "10.0.0.0/-1", "10.0.0/8/8", "::1/129"})
    void what_is_no_network_is_refused(String text) {
        assertThatThrownBy(() -> new AddressGuard(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
