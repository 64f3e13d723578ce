package org.kohakuhub.web.viewer;

import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.web.repo.RepoAddress;

/** What a question to the dataset viewer names, as raw strings; judged when it is read. */
public class ViewerQuery {
    /** Rows of an answer at most, as in the reference service. */
    static final int PAGE = 100;

    @QueryParam("dataset")
    private String dataset;

    @QueryParam("config")
    private String config;

    @QueryParam("split")
    private String split;

    @QueryParam("offset")
    private String offset;

    @QueryParam("length")
    private String length;

    @QueryParam("query")
    private String query;

    @QueryParam("where")
    private String where;

    @QueryParam("orderby")
    private String orderBy;

    /** For JAX-RS. */
    public ViewerQuery() {}

    /**
     * The dataset.
     *
     * @throws HubException UNPROCESSABLE if none is named; REPO_NOT_FOUND if none can have this name
     */
    RepoId dataset() {
        String name = required("dataset", dataset);
        int slash = name.indexOf('/');
        return slash < 0
                ? RepoAddress.read(RepoType.DATASET, "", name)
                : RepoAddress.read(RepoType.DATASET, name.substring(0, slash), name.substring(slash + 1));
    }

    Optional<String> anyConfig() {
        return present(config);
    }

    Optional<String> anySplit() {
        return present(split);
    }

    String config() {
        return required("config", config);
    }

    String split() {
        return required("split", split);
    }

    String query() {
        return required("query", query);
    }

    Optional<String> where() {
        return present(where);
    }

    Optional<String> orderBy() {
        return present(orderBy);
    }

    long offset() {
        return number("offset", offset, 0, Long.MAX_VALUE / 2);
    }

    int length() {
        return (int) number("length", length, PAGE, PAGE);
    }

    private static Optional<String> present(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }

    private static String required(String name, String value) {
        return present(value)
                .orElseThrow(() -> new HubException(ErrorKind.UNPROCESSABLE, "Parameter '" + name + "' is required"));
    }

    private static long number(String name, String value, long byDefault, long most) {
        if (present(value).isEmpty()) {
            return byDefault;
        }
        try {
            long number = Long.parseLong(value.trim());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, most);
        }
        throw wrong(name, most);
    }

    private static HubException wrong(String name, long most) {
        return new HubException(
                ErrorKind.UNPROCESSABLE, "Parameter '" + name + "' must be a whole number from 0 to " + most);
    }
}
