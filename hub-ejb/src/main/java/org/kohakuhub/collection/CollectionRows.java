package org.kohakuhub.collection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Conflicts;

/** The rows of collections and of votes for them. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class CollectionRows {
    private static final String COLUMNS = """
            select c.id, c.title, c.owner_id, a.name as owner_name, a.full_name, a.kind, c.description, c.theme, c.place,
              c.upvotes, c.modified_at, case when c.is_private then 1 else 0 end as hidden,
              case when v.user_id is null then 0 else 1 end as upvoted
            from collection c
              join account a on a.id = c.owner_id
              left join collection_upvote v on v.collection_id = c.id and v.user_id = :user
            """;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** A row with its place in some order. */
    record Placed(String id, long place) {}

    /** A collection without its items, and the number that it is sorted by. */
    record Sorted(CollectionRecord collection, long by) {}

    Optional<CollectionRecord> byId(Caller caller, String id) {
        return records(em.createNativeQuery(COLUMNS + "where c.id = :id", Tuple.class)
                        .setParameter("user", orNobody(caller))
                        .setParameter("id", id))
                .stream()
                .findFirst();
    }

    /** The collection of this owner that has this title, in whatever letter case. */
    Optional<CollectionRecord> byTitle(Caller caller, String ownerId, String title) {
        return records(em.createNativeQuery(COLUMNS + "where c.owner_id = :owner and c.title_key = :title", Tuple.class)
                        .setParameter("user", orNobody(caller))
                        .setParameter("owner", ownerId)
                        .setParameter("title", Wording.key(title)))
                .stream()
                .findFirst();
    }

    /**
     * What a page of a list is chosen by.
     *
     * @param owners ids; empty for everybody's
     * @param targets ids of what is in it; empty for whatever is
     * @param at where the page before ended
     * @param id the same, within equal numbers
     */
    record Choice(Set<String> owners, Set<String> targets, CollectionQuery.Sort sort, long at, String id) {}

    /** The chosen ones that the caller may see. */
    List<Sorted> page(Caller caller, Choice choice, int limit, Visibility visibility) {
        String column = "c." + choice.sort().column();
        String sql = COLUMNS + "where (" + column + " < :at or (" + column + " = :at and c.id < :after)) and "
                + Seen.condition("c.is_private", "c.owner_id", visibility)
                + (choice.owners().isEmpty() ? "" : " and c.owner_id in (:chosen)")
                + (choice.targets().isEmpty()
                        ? ""
                        : " and c.id in (select i.collection_id from collection_item i where i.target in (:targets))")
                + " order by " + column + " desc, c.id desc";
        Query query = em.createNativeQuery(sql, Tuple.class)
                .setParameter("user", orNobody(caller))
                .setParameter("at", choice.at())
                .setParameter("after", choice.id());
        Seen.bind(query, visibility);
        if (!choice.owners().isEmpty()) {
            query.setParameter("chosen", choice.owners());
        }
        if (!choice.targets().isEmpty()) {
            query.setParameter("targets", choice.targets());
        }
        return tuples(query.setMaxResults(limit)).stream()
                .map(row -> new Sorted(record(row), number(row, choice.sort().column())))
                .toList();
    }

    /** Adds an empty collection before the owner's others; false if he has one of this title. */
    boolean insert(String id, String ownerId, NewCollection wish, String createdBy, long now) {
        return em.createNativeQuery("""
                                insert into collection (id, owner_id, title, title_key, description, is_private, theme,
                                  place, created_by, created_at, modified_at)
                                select ?1, a.id, ?3, ?4, ?5, ?6, ?7,
                                  coalesce((select max(o.place) from collection o where o.owner_id = a.id), 0) + 1,
                                  ?8, ?9, ?9
                                from account a where a.id = ?2
                                on conflict (owner_id, title_key) do nothing""")
                        .setParameter(1, id)
                        .setParameter(2, ownerId)
                        .setParameter(3, wish.title())
                        .setParameter(4, Wording.key(wish.title()))
                        .setParameter(5, wish.description().orElse(""))
                        .setParameter(6, wish.isPrivate())
                        .setParameter(7, Theme.ORANGE.word())
                        .setParameter(8, createdBy)
                        .setParameter(9, now)
                        .executeUpdate()
                == 1;
    }

    /** Notes that a collection changes, and lets nobody else change it until the transaction's end; false if it is gone. */
    boolean lock(String id, long now) {
        return em.createNativeQuery("update collection set modified_at = ?1 where id = ?2")
                        .setParameter(1, now)
                        .setParameter(2, id)
                        .executeUpdate()
                == 1;
    }

    /** Changes the columns that were asked for; false if another collection of the owner has the title. */
    boolean change(String id, CollectionChange change) {
        List<String> sets = new ArrayList<>();
        change.title().ifPresent(title -> sets.add("title = :title, title_key = :key"));
        change.description().ifPresent(text -> sets.add("description = :description"));
        change.isPrivate().ifPresent(hidden -> sets.add("is_private = :hidden"));
        change.theme().ifPresent(theme -> sets.add("theme = :theme"));
        if (sets.isEmpty()) {
            return true;
        }
        Query query = em.createNativeQuery("update collection set " + String.join(", ", sets) + " where id = :id")
                .setParameter("id", id);
        change.title().ifPresent(title -> query.setParameter("title", title).setParameter("key", Wording.key(title)));
        change.description().ifPresent(text -> query.setParameter("description", text));
        change.isPrivate().ifPresent(hidden -> query.setParameter("hidden", hidden));
        change.theme().ifPresent(theme -> query.setParameter("theme", theme.word()));
        try {
            query.executeUpdate();
            return true;
        } catch (PersistenceException failed) {
            if (change.title().isPresent() && Conflicts.isUniqueKey(failed)) {
                return false;
            }
            throw failed;
        }
    }

    void delete(String id) {
        em.createNativeQuery("delete from collection where id = ?1")
                .setParameter(1, id)
                .executeUpdate();
    }

    /** Lets nobody else reorder this owner's collections until the transaction's end. */
    void lockOrder(String ownerId) {
        em.createNativeQuery("update account set name = name where id = ?1")
                .setParameter(1, ownerId)
                .executeUpdate();
    }

    /** The places of the owner's collections that the caller may see, first the first. */
    List<Placed> order(String ownerId, Visibility visibility) {
        Query query = em.createNativeQuery(
                        "select c.id, c.place from collection c where c.owner_id = :owner and "
                                + Seen.condition("c.is_private", "c.owner_id", visibility)
                                + " order by c.place desc, c.id desc",
                        Tuple.class)
                .setParameter("owner", ownerId);
        Seen.bind(query, visibility);
        return tuples(query).stream()
                .map(row -> new Placed(row.get("id", String.class), number(row, "place")))
                .toList();
    }

    /** How many of the owner's collections that the caller may see stand before this one. */
    long position(CollectionRecord collection, Visibility visibility) {
        Query query = em.createNativeQuery(
                        "select count(*) as standing from collection c join collection this on this.id = :id"
                                + " where c.owner_id = :owner"
                                + " and (c.place > this.place or (c.place = this.place and c.id > this.id)) and "
                                + Seen.condition("c.is_private", "c.owner_id", visibility),
                        Tuple.class)
                .setParameter("id", collection.id())
                .setParameter("owner", collection.owner().id());
        Seen.bind(query, visibility);
        return number(tuples(query).get(0), "standing");
    }

    /** Puts a collection before all of its owner that have at most this place. */
    void moveAbove(String id, String ownerId, long place) {
        em.createNativeQuery("update collection set place = place + 1 where owner_id = ?1 and place > ?2")
                .setParameter(1, ownerId)
                .setParameter(2, place)
                .executeUpdate();
        em.createNativeQuery("update collection set place = ?1 where id = ?2")
                .setParameter(1, place + 1)
                .setParameter(2, id)
                .executeUpdate();
    }

    /** Gives a vote; to do so again changes nothing. */
    void upvote(String id, String userId, long now) {
        count(
                id,
                em.createNativeQuery("""
                        insert into collection_upvote (collection_id, user_id, created_at) values (?1, ?2, ?3)
                        on conflict (collection_id, user_id) do nothing""")
                        .setParameter(1, id)
                        .setParameter(2, userId)
                        .setParameter(3, now)
                        .executeUpdate());
    }

    /** Takes a vote back. */
    void takeBack(String id, String userId) {
        count(
                id,
                -em.createNativeQuery("delete from collection_upvote where collection_id = ?1 and user_id = ?2")
                        .setParameter(1, id)
                        .setParameter(2, userId)
                        .executeUpdate());
    }

    private void count(String id, int change) {
        if (change != 0) {
            em.createNativeQuery("update collection set upvotes = upvotes + ?1 where id = ?2")
                    .setParameter(1, change)
                    .setParameter(2, id)
                    .executeUpdate();
        }
    }

    private static List<CollectionRecord> records(Query query) {
        return tuples(query).stream().map(CollectionRows::record).toList();
    }

    @SuppressWarnings("unchecked") // JPA has no typed native query for tuples
    private static List<Tuple> tuples(Query query) {
        return query.getResultList();
    }

    private static CollectionRecord record(Tuple row) {
        return new CollectionRecord(
                row.get("id", String.class),
                row.get("title", String.class),
                new CollectionRecord.Owner(
                        row.get("owner_id", String.class),
                        row.get("owner_name", String.class),
                        Optional.ofNullable(row.get("full_name", String.class)),
                        row.get("kind", String.class).equals("org")),
                Optional.ofNullable(row.get("description", String.class)).filter(text -> !text.isEmpty()),
                number(row, "hidden") == 1,
                Theme.parse(row.get("theme", String.class)),
                0,
                number(row, "upvotes"),
                number(row, "upvoted") == 1,
                Instant.ofEpochMilli(number(row, "modified_at")),
                List.of());
    }

    private static long number(Tuple row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    /** No row has this id; an SQL null would have to be typed. */
    private static String orNobody(Caller caller) {
        return caller.isAnonymous() ? "" : caller.userId();
    }
}
