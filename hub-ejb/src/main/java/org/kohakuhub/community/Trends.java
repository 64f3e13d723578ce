package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/** What was downloaded and liked, and when. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Trends {
    private final AccessPolicy access;
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected Trends() {
        this(null, null);
    }

    @Inject
    public Trends(AccessPolicy access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    /** A repository's numbers. */
    public record Stats(long downloadsAllTime, long downloadsOfMonth, long likes) {}

    /**
     * One day of a repository.
     *
     * @param files that were sent or led to
     */
    public record Day(LocalDate date, long downloads, long authenticated, long anonymous, long files) {}

    /** The days of a period on which something was downloaded. */
    public record Recent(LocalDate start, LocalDate end, List<Day> days) {
        /** Copies the list. */
        public Recent {
            days = List.copyOf(days);
        }
    }

    /** A repository that is fetched much. */
    public record Trending(RepoId repo, long downloads, long likes, long recentDownloads, boolean isPrivate) {}

    /**
     * The numbers of a repository.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public Stats stats(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.READ, name);
        List<?> rows = em.createNativeQuery("select downloads_all_time, downloads, likes from repository where id = ?1")
                .setParameter(1, repo.id())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Stats(number(row[0]), number(row[1]), number(row[2])))
                .findFirst()
                .orElseThrow(AccessPolicy::noSuchRepository);
    }

    /**
     * The last days of a repository, today among them.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public Recent recent(Caller caller, RepoId name, int days) {
        RepoKey repo = access.require(caller, Action.READ, name);
        int today = DownloadRows.day(clock.millis());
        List<?> rows = em.createNativeQuery("""
                        select day, downloads, authenticated, anonymous, files from download_day
                        where repo_id = ?1 and day > ?2 order by day""")
                .setParameter(1, repo.id())
                .setParameter(2, today - days)
                .getResultList();
        return new Recent(
                DownloadRows.date(today - days + 1),
                DownloadRows.date(today),
                rows.stream().map(row -> day((Object[]) row)).toList());
    }

    private static Day day(Object[] row) {
        return new Day(
                DownloadRows.date(((Number) row[0]).intValue()),
                number(row[1]),
                number(row[2]),
                number(row[3]),
                number(row[4]));
    }

    /** What was downloaded most in the last days, of what the caller may see. */
    public List<Trending> trending(Caller caller, Optional<RepoType> type, int days, int limit) {
        Visibility visibility = access.visibility(caller);
        List<?> rows = em.createNativeQuery("""
                        select r.type, r.namespace, r.name, r.downloads_all_time, r.likes, sum(d.downloads) as recent,
                          case when r.is_private then 1 else 0 end as hidden
                        from download_day d join repository r on r.id = d.repo_id
                        where d.day > ?1 and (?2 = '' or r.type = ?2)
                          and (not r.is_private or ?3 = 1 or r.owner_id in (?4))
                        group by r.id, r.type, r.namespace, r.name, r.downloads_all_time, r.likes, r.is_private
                        order by recent desc, r.likes desc, r.id limit ?5""")
                .setParameter(1, DownloadRows.day(clock.millis()) - days)
                .setParameter(2, type.map(RepoType::singular).orElse(""))
                .setParameter(3, visibility.everything() ? 1 : 0)
                .setParameter(4, visibility.ownerIds().isEmpty() ? Set.of("") : visibility.ownerIds())
                .setParameter(5, limit)
                .getResultList();
        return rows.stream().map(row -> trending((Object[]) row)).toList();
    }

    private static Trending trending(Object[] row) {
        return new Trending(
                new RepoId(RepoType.parse((String) row[0]), (String) row[1], (String) row[2]),
                number(row[3]),
                number(row[4]),
                number(row[5]),
                number(row[6]) == 1);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
