package org.kohakuhub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

class RegistrationTest {
    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"a", "ann", "Ann-Lee", "a.b", "_x1"})
    void names_that_addresses_can_hold(String name) {
        assertThat(new AccountName(name)).hasToString(name);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "-a",
                "a b",
                "a/b",
                "a.git",
                "a--b",
                "..",
                "ü",
                "_",
                "api",
                "API",
                "data-sets",
                "Org",
                "health"
            })
    void names_that_would_hide_the_hubs_own_addresses_or_break_them(String name) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> new AccountName(name))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "ann", "@b", "a@", "a@b@c", "a b@c", "a@-b", "a\n@b.c"})
    void addresses_that_are_none(String email) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> new Registration("ann", email, "password1"))
                .withMessageStartingWith("Invalid e-mail address");
    }

    @Test
    void passwords_have_eight_to_seventy_two_bytes() {
        new Registration("ann", "ann@example.org", "12345678");
        new Registration("ann", "ann@localhost", "x".repeat(72));
        for (String password : new String[] {"1234567", "x".repeat(73), "ü".repeat(37)}) {
            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> new Registration("ann", "ann@example.org", password))
                    .withMessage("A password must have 8 to 72 bytes");
        }
    }

    @Test
    void a_registration_does_not_print_its_password() {
        assertThat(new Registration("ann", "ann@example.org", "password1").toString())
                .doesNotContain("password1");
    }
}
