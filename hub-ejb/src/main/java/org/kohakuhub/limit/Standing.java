package org.kohakuhub.limit;

/**
 * How a caller stands with one class of requests.
 *
 * @param admitted whether this request is within the limit
 * @param quota requests for each window
 * @param windowSeconds how long a window is
 * @param remaining requests that are left in this window
 * @param secondsLeft until the next window begins, at least 1
 * @param startsAt when this window began, in milliseconds since 1970
 */
public record Standing(
        RouteClass route,
        boolean admitted,
        long quota,
        long windowSeconds,
        long remaining,
        long secondsLeft,
        long startsAt) {}
