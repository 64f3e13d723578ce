package org.kohakuhub.config;

/**
 * How the hub keeps large files in Xet.
 *
 * @param epoch a segment of the CAS address. Clients key their caches by that address: another epoch makes them forget
 *     what they believe to be stored
 * @param materialize whether a file that came by Xet gets a whole copy in the object store, for readers by plain HTTP
 * @param convert whether files that came by LFS are put into Xet too
 * @param dropLfsCopy whether their whole copy is given up then
 */
public record XetConfig(String epoch, Materialize materialize, boolean convert, boolean dropLfsCopy) {
    /** When a whole copy is made. */
    public enum Materialize {
        /** Plain readers get the bytes through the hub. */
        NEVER,
        /** When the first plain reader asks; he himself gets the bytes through the hub. */
        ON_DEMAND,
        /** As soon as the file is there. */
        ALWAYS
    }

    /**
     * @throws IllegalArgumentException with a sentence that names the variable
     */
    public XetConfig {
        if (!epoch.matches("[A-Za-z0-9]{1,32}")) {
            throw new IllegalArgumentException("KOHAKU_HUB_XET_EPOCH must be letters and digits, at most 32");
        }
        if (dropLfsCopy && (!convert || materialize == Materialize.ALWAYS)) {
            throw new IllegalArgumentException("KOHAKU_HUB_XET_DROP_LFS_COPY needs KOHAKU_HUB_XET_CONVERT=true"
                    + " and KOHAKU_HUB_XET_MATERIALIZE other than always");
        }
    }

    /** Where the CAS endpoints are, behind the hub's address. */
    public String casPath() {
        return "/xet/" + epoch;
    }
}
