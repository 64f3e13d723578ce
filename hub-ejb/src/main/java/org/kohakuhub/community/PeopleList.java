package org.kohakuhub.community;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** The lists of people, each in a table of who, whose and since when. First the first. */
enum PeopleList {
    FOLLOWERS("follow", "followed_id", "follower_id"),
    FOLLOWED("follow", "follower_id", "followed_id"),
    MEMBERS("membership", "org_id", "user_id"),
    LIKERS("repo_like", "repo_id", "user_id");

    private final String sql;

    PeopleList(String table, String whose, String who) {
        // the table's own columns tell the order: an index has them
        sql = """
                select a.id, a.name, a.full_name, a.kind, l.created_at
                from %1$s l join account a on a.id = l.%3$s
                where l.%2$s = ?1 and (l.created_at > ?2 or (l.created_at = ?2 and l.%3$s > ?3))
                order by l.created_at, l.%3$s limit ?4""".formatted(table, whose, who);
    }

    /**
     * A page of it.
     *
     * @param whose the id of the account or repository that has the list
     */
    Slice<Person> page(EntityManager em, String whose, Optional<String> cursor, int limit) {
        PageCursor after = PageCursor.first(cursor);
        List<?> rows = em.createNativeQuery(sql)
                .setParameter(1, whose)
                .setParameter(2, after.at())
                .setParameter(3, after.id())
                .setParameter(4, limit + 1)
                .getResultList();
        return PageCursor.slice(
                rows.stream().map(row -> Person.of((Object[]) row)).toList(), limit, Person::position);
    }
}
