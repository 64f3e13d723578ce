package org.kohakuhub.incontainer;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the hub's services do not show of its rows and timers, and time that has passed. */
@Stateless
public class Tables {
    private static final List<String> WRITTEN_BY_COMMITS = List.of("git_pack", "git_ref", "git_reflog", "store_intent");

    @PersistenceContext(unitName = "hub")
    private EntityManager em;

    @Resource
    private TimerService timers;

    /** How many rows a repository has in each table that commits write to, and when it was modified. */
    public Map<String, Long> ofRepository(String repoId) {
        Map<String, Long> found = new TreeMap<>();
        WRITTEN_BY_COMMITS.forEach(
                table -> found.put(table, number("select count(*) from " + table + " where repo_id = ?1", repoId)));
        found.put("modified_at", number("select modified_at from repository where id = ?1", repoId));
        return found;
    }

    /** How many promises and uploads there are for a key of the object store. */
    public long ofKey(String key) {
        return number("select count(*) from store_intent where object_key = ?1", key)
                + number("select count(*) from upload where object_key = ?1", key);
    }

    private long number(String sql, String parameter) {
        return ((Number) em.createNativeQuery(sql).setParameter(1, parameter).getSingleResult()).longValue();
    }

    /** Makes an upload one that began before anybody's memory. */
    public void age(String key) {
        update("update store_intent set created_at = 1 where object_key = ?1", key);
        update("update upload set created_at = 1, expires_at = 2 where object_key = ?1", key);
    }

    private void update(String sql, String key) {
        int changed = em.createNativeQuery(sql).setParameter(1, key).executeUpdate();
        if (changed != 1) {
            throw new AssertionError(changed + " rows: " + sql);
        }
    }

    /** What the hub's timers say of themselves. */
    public List<Object> timers() {
        return timers.getAllTimers().stream().<Object>map(Timer::getInfo).toList();
    }
}
