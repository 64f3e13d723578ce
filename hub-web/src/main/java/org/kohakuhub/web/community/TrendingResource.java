package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.community.Trends;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.PageSize;

/** {@code GET /api/trending}: what is downloaded most these days. */
@RequestScoped
@Path("/api/trending")
public class TrendingResource {
    private static final int DAYS = 7;
    private static final int LIMIT = 20;
    private static final int LONGEST = 100;

    private final Trends trends;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public TrendingResource() {
        this(null, null);
    }

    @Inject
    public TrendingResource(Trends trends, RequestCaller caller) {
        this.trends = trends;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Answer trending(
            @QueryParam("repo_type") String type, @QueryParam("days") String days, @QueryParam("limit") String limit) {
        int period = PageSize.read(days, DAYS, StatsResource.MOST_DAYS);
        List<Trends.Trending> trending = trends.trending(
                caller.get(),
                Optional.ofNullable(type).filter(text -> !text.isEmpty()).map(RepoType::parse),
                period,
                PageSize.read(limit, LIMIT, LONGEST));
        return new Answer(trending.stream().map(Item::of).toList(), new Period(period));
    }

    /** The field names are the original's. */
    public record Answer(List<Item> trending, Period period) {}

    /** The field names are the original's. */
    public record Period(int days) {}

    /** The field names are the original's; {@code private} is a word of Java. */
    public record Item(
            String id,
            String type,
            long downloads,
            long likes,
            long recent_downloads,

            @jakarta.json.bind.annotation.JsonbProperty("private")
            boolean isPrivate) {
        static Item of(Trends.Trending found) {
            return new Item(
                    found.repo().fullName(),
                    found.repo().type().singular(),
                    found.downloads(),
                    found.likes(),
                    found.recentDownloads(),
                    found.isPrivate());
        }
    }
}
