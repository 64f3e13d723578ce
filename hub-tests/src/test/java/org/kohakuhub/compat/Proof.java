package org.kohakuhub.compat;

import java.util.List;
import java.util.stream.Stream;

/** A test class, and one test of it unless the whole class is meant (then the name is empty). */
record Proof(String testClass, String test) {
    private static final String NONE = "-";

    static List<Proof> list(String cell) {
        return cell.equals(NONE)
                ? List.of()
                : Stream.of(cell.split(", ")).map(Proof::of).toList();
    }

    private static Proof of(String text) {
        int sharp = text.indexOf('#');
        return sharp < 0 ? new Proof(text, "") : new Proof(text.substring(0, sharp), text.substring(sharp + 1));
    }

    @Override
    public String toString() {
        return test.isEmpty() ? testClass : testClass + '.' + test;
    }
}
