package org.kohakuhub.githttp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code combine:} filter (git-rev-list(1)) as the one of its parts that leaves out most. A filter says what need not be
 * sent; whoever gets more than he had to has lost nothing but time.
 */
final class CombinedFilter {
    static final String PREFIX = "combine:";

    private static final Pattern BLOBS = Pattern.compile("blob:(?:none|limit=([0-9]{1,18})([kmgKMG]?))");
    private static final Pattern TREES = Pattern.compile("tree:([0-9]{1,9})");

    private long blobLimit = Long.MAX_VALUE;
    private long treeDepth = Long.MAX_VALUE;

    private CombinedFilter() {}

    /** The filter, or one of its parts if it is combined of those that are known here. */
    static String single(String filter) {
        if (!filter.startsWith(PREFIX)) {
            return filter;
        }
        CombinedFilter combined = new CombinedFilter();
        for (String part : filter.substring(PREFIX.length()).split("\\+")) {
            if (!combined.add(decoded(part))) {
                return filter; // JGit refuses it by its name
            }
        }
        return combined.strongest();
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return part;
        }
    }

    private boolean add(String part) {
        Matcher blobs = BLOBS.matcher(part);
        if (blobs.matches()) {
            blobLimit = Math.min(blobLimit, blobs.group(1) == null ? 0 : bytes(blobs.group(1), blobs.group(2)));
            return true;
        }
        Matcher trees = TREES.matcher(part);
        if (trees.matches()) {
            treeDepth = Math.min(treeDepth, Long.parseLong(trees.group(1)));
            return true;
        }
        return false;
    }

    private static long bytes(String number, String unit) {
        int shift = switch (unit.toLowerCase(java.util.Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        long count = Long.parseLong(number);
        return count > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : count << shift;
    }

    private String strongest() {
        if (treeDepth < Long.MAX_VALUE) { // it leaves out files too
            return "tree:" + treeDepth;
        }
        return blobLimit == 0 ? "blob:none" : "blob:limit=" + blobLimit;
    }
}
