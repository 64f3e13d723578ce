package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.kohakuhub.community.Trends;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.RepoPath;

/** {@code GET …/stats} and {@code …/stats/recent}: how often a repository is downloaded and liked. */
@RequestScoped
@Path(RepoPath.API + "/stats")
@Produces(MediaType.APPLICATION_JSON)
public class StatsResource {
    static final int MOST_DAYS = 365;
    private static final int DAYS = 30;

    private final Trends trends;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public StatsResource() {
        this(null, null);
    }

    @Inject
    public StatsResource(Trends trends, RequestCaller caller) {
        this.trends = trends;
        this.caller = caller;
    }

    /** All downloads and likes. */
    @GET
    public Total stats(@BeanParam RepoPath repo) {
        Trends.Stats stats = trends.stats(caller.get(), repo.repoId());
        return new Total(stats.downloadsAllTime(), stats.downloadsOfMonth(), stats.likes());
    }

    /** The last days, those on which nothing was downloaded left out. */
    @GET
    @Path("recent")
    public Recent recent(@BeanParam RepoPath repo, @QueryParam("days") String days) {
        int number = PageSize.read(days, DAYS, MOST_DAYS);
        Trends.Recent recent = trends.recent(caller.get(), repo.repoId(), number);
        return new Recent(
                recent.days().stream().map(Day::of).toList(),
                new Period(recent.start().toString(), recent.end().toString(), number));
    }

    /** The field names are the original's, and {@code downloads_30d} ours. */
    public record Total(long downloads, long downloads_30d, long likes) {}

    /** The field names are the original's. */
    public record Recent(List<Day> stats, Period period) {}

    /** The field names are the original's. */
    public record Period(String start, String end, int days) {}

    /** The field names are the original's. */
    public record Day(String date, long downloads, long authenticated, long anonymous, long files) {
        static Day of(Trends.Day day) {
            return new Day(day.date().toString(), day.downloads(), day.authenticated(), day.anonymous(), day.files());
        }
    }
}
