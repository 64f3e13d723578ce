package org.kohakuhub.config;

/** A value that must not reach a log or an answer: it prints as {@code ***}. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
