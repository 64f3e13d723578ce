package org.kohakuhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of rights, written out a second time: + allowed, h hidden, - denied, ? asked for a credential. */
class AccessTableTest {
    private static final String TABLE = """
            action              | of      | anonymous | stranger | visitor | member | admin | super-admin | owner | site-admin
            READ                | public  | +         | +        | +       | +      | +     | +           | +     | +
            READ                | private | h         | h        | +       | +      | +     | +           | +     | +
            READ_FILES          | public  | +         | +        | +       | +      | +     | +           | +     | +
            READ_FILES          | private | h         | h        | +       | +      | +     | +           | +     | +
            PROPOSE             | public  | ?         | +        | +       | +      | +     | +           | +     | +
            PROPOSE             | private | h         | h        | +       | +      | +     | +           | +     | +
            WRITE               | public  | ?         | -        | -       | +      | +     | +           | +     | +
            WRITE               | private | h         | h        | -       | +      | +     | +           | +     | +
            MANAGE              | public  | ?         | -        | -       | -      | +     | +           | +     | +
            MANAGE              | private | h         | h        | -       | -      | +     | +           | +     | +
            CREATE_REPOSITORY   | public  | ?         | -        | -       | +      | +     | +           | +     | +
            MANAGE_ORGANIZATION | public  | ?         | -        | -       | -      | +     | +           | -     | +
            OWN_ORGANIZATION    | public  | ?         | -        | -       | -      | -     | +           | -     | +
            SET_QUOTA           | public  | ?         | -        | -       | -      | -     | -           | -     | +
            SET_QUOTA           | private | h         | h        | -       | -      | -     | -           | -     | +
            """;

    private record Cell(Action action, boolean hidden, Relation relation, Decision expected) {
        @Override
        public String toString() {
            return relation + " " + action + (hidden ? " private" : " public") + " -> " + expected;
        }
    }

    private static Stream<Cell> cells() {
        List<List<String>> rows = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
                .toList();
        List<String> head = rows.get(0);
        return rows.stream()
                .skip(1)
                .flatMap(row -> Stream.iterate(2, i -> i + 1)
                        .limit(head.size() - 2)
                        .map(i -> new Cell(
                                Action.valueOf(row.get(0)),
                                row.get(1).equals("private"),
                                Relation.valueOf(
                                        head.get(i).toUpperCase(Locale.ROOT).replace('-', '_')),
                                decision(row.get(i)))));
    }

    private static Decision decision(String sign) {
        return switch (sign) {
            case "+" -> Decision.ALLOW;
            case "h" -> Decision.HIDE;
            case "-" -> Decision.DENY;
            case "?" -> Decision.AUTHENTICATE;
            default -> fail("no such sign: " + sign);
        };
    }

    @TestFactory
    Stream<DynamicTest> decides_as_the_table_says() {
        return cells().map(cell -> DynamicTest.dynamicTest(
                cell.toString(),
                () -> assertThat(AccessTable.decide(cell.action(), cell.relation(), true, cell.hidden()))
                        .isEqualTo(cell.expected())));
    }

    @TestFactory
    Stream<DynamicTest> a_read_only_token_reads_and_does_nothing_else() {
        return cells().filter(cell -> cell.relation() != Relation.SITE_ADMIN).map(cell -> {
            boolean taken = cell.expected() == Decision.ALLOW
                    && cell.action() != Action.READ
                    && cell.action() != Action.READ_FILES;
            Decision expected = taken ? Decision.DENY : cell.expected();
            return DynamicTest.dynamicTest(
                    "read-only " + cell,
                    () -> assertThat(AccessTable.decide(cell.action(), cell.relation(), false, cell.hidden()))
                            .isEqualTo(expected));
        });
    }

    @Test
    void the_table_of_this_test_names_every_action_and_relation() {
        assertThat(cells().map(Cell::action)).contains(Action.values());
        assertThat(cells().map(Cell::relation)).contains(Relation.values());
    }
}
