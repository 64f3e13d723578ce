package org.kohakuhub.org;

/** How many repositories of each type an organization has, of those that the caller may see. */
public record RepoCounts(long model, long dataset, long space) {
    /** All together. */
    public long total() {
        return model + dataset + space;
    }
}
