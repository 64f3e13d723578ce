package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of downloads, each call in one short transaction. */
@Stateless
public class DownloadRows {
    private static final long DAY = ChronoUnit.DAYS.getDuration().toMillis();

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /**
     * Somebody at one repository within one stretch of time.
     *
     * @param day on which he was noted
     */
    record Visit(String repoId, long bucket, String visitor, boolean authenticated, int day) {}

    /** The day of a moment, from 1970-01-01, UTC. */
    static int day(long millis) {
        return Math.toIntExact(Math.floorDiv(millis, DAY));
    }

    static LocalDate date(int day) {
        return LocalDate.ofEpochDay(day);
    }

    private record Place(String repoId, int day) {}

    private static final class Sums {
        long authenticated;
        long anonymous;
        long files;
    }

    /**
     * Counts visits, those that were counted before only for their files. Repositories that are gone are left out. Rows of
     * repositories are taken in the order of their ids, so that two nodes do not wait for each other.
     */
    public void write(Map<Visit, Long> visits) {
        Map<Place, Sums> sums =
                new TreeMap<>(Comparator.comparing(Place::repoId).thenComparing(Place::day));
        visits.forEach((visit, files) -> {
            Sums sum = sums.computeIfAbsent(new Place(visit.repoId(), visit.day()), place -> new Sums());
            sum.files += files;
            if (!isNew(visit)) {
                return;
            }
            if (visit.authenticated()) {
                sum.authenticated++;
            } else {
                sum.anonymous++;
            }
        });
        sums.forEach(this::add);
    }

    private boolean isNew(Visit visit) {
        return 1
                == em.createNativeQuery("""
                                insert into download_session (repo_id, bucket, visitor)
                                select r.id, ?2, ?3 from repository r where r.id = ?1
                                on conflict (repo_id, bucket, visitor) do nothing""")
                        .setParameter(1, visit.repoId())
                        .setParameter(2, visit.bucket())
                        .setParameter(3, visit.visitor())
                        .executeUpdate();
    }

    private void add(Place place, Sums sums) {
        long downloads = sums.authenticated + sums.anonymous;
        em.createNativeQuery("""
                        update repository set downloads = downloads + ?2, downloads_all_time = downloads_all_time + ?2
                        where id = ?1""")
                .setParameter(1, place.repoId())
                .setParameter(2, downloads)
                .executeUpdate();
        em.createNativeQuery("""
                        insert into download_day (repo_id, day, downloads, authenticated, anonymous, files)
                        select r.id, ?2, ?3, ?4, ?5, ?6 from repository r where r.id = ?1
                        on conflict (repo_id, day) do update set
                          downloads = download_day.downloads + excluded.downloads,
                          authenticated = download_day.authenticated + excluded.authenticated,
                          anonymous = download_day.anonymous + excluded.anonymous,
                          files = download_day.files + excluded.files""")
                .setParameter(1, place.repoId())
                .setParameter(2, place.day())
                .setParameter(3, downloads)
                .setParameter(4, sums.authenticated)
                .setParameter(5, sums.anonymous)
                .setParameter(6, sums.files)
                .executeUpdate();
    }

    /** Forgets visits of earlier stretches of time. */
    public void forgetVisits(long beforeBucket) {
        em.createNativeQuery("delete from download_session where bucket < ?1")
                .setParameter(1, beforeBucket)
                .executeUpdate();
    }

    /**
     * The ids of repositories whose columns may have to change, in order: those that have a count, or something to count
     * since {@code day}.
     */
    public List<String> moving(String after, int day, int limit) {
        List<?> ids = em.createNativeQuery("""
                        select r.id from repository r where r.id > ?1 and (r.downloads <> 0 or r.trending_score <> 0
                          or exists (select 1 from download_day d where d.repo_id = r.id and d.day > ?2)
                          or exists (select 1 from repo_like l where l.repo_id = r.id and l.created_at >= ?3))
                        order by r.id limit ?4""")
                .setParameter(1, after)
                .setParameter(2, day)
                .setParameter(3, day * DAY)
                .setParameter(4, limit)
                .getResultList();
        return ids.stream().map(String.class::cast).toList();
    }

    /**
     * Counts anew: downloads of the days after {@code monthAgo}; and, as trend, those after {@code weekAgo} with each like
     * of that time for {@code like} of them.
     */
    public void refresh(List<String> repoIds, int monthAgo, int weekAgo, int like) {
        em.createNativeQuery("""
                        update repository set
                          downloads = coalesce((select sum(d.downloads) from download_day d
                            where d.repo_id = repository.id and d.day > ?2), 0),
                          trending_score = coalesce((select sum(d.downloads) from download_day d
                            where d.repo_id = repository.id and d.day > ?3), 0)
                            + ?4 * (select count(*) from repo_like l
                            where l.repo_id = repository.id and l.created_at >= ?5)
                        where id in (?1)""")
                .setParameter(1, repoIds)
                .setParameter(2, monthAgo)
                .setParameter(3, weekAgo)
                .setParameter(4, like)
                .setParameter(5, (weekAgo + 1) * DAY)
                .executeUpdate();
    }
}
