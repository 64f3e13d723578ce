package org.kohakuhub.collection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.Visibility;

/** The rows of what is in collections. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class CollectionItemRows {
    private static final String COLUMNS = """
            select i.id, i.collection_id, i.type, i.note, i.place,
              coalesce(r.namespace || '/' || r.name, b.namespace || '/' || b.name, i.paper, n.id) as target,
              n.title as nested_title, o.name as nested_owner,
              row_number() over (partition by i.collection_id order by i.place, i.id) as nr
            from collection_item i
              left join repository r on r.id = i.repo_id
              left join bucket b on b.id = i.bucket_id
              left join collection n on n.id = i.nested_id
              left join account o on o.id = n.owner_id
            """;
    private static final String HIDDEN = "coalesce(r.is_private, b.is_private, n.is_private, false)";
    private static final String OWNER = "coalesce(r.owner_id, b.owner_id, n.owner_id)";

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** The first items of each of these collections that may be seen. */
    Map<String, List<CollectionItem>> first(Collection<String> collections, int limit, Visibility visibility) {
        Map<String, List<CollectionItem>> items = new HashMap<>();
        if (collections.isEmpty()) {
            return items;
        }
        String sql = "select * from (" + COLUMNS + "where i.collection_id in (:collections) and "
                + Seen.condition(HIDDEN, OWNER, visibility) + ") listed where nr <= :most order by collection_id, nr";
        Query query = em.createNativeQuery(sql, Tuple.class)
                .setParameter("collections", collections)
                .setParameter("most", limit);
        Seen.bind(query, visibility);
        for (Tuple row : tuples(query)) {
            items.computeIfAbsent(row.get("collection_id", String.class), id -> new ArrayList<>())
                    .add(item(row));
        }
        return items;
    }

    /** All items that may be seen, in their order. */
    List<CollectionItem> all(String collection, int limit, Visibility visibility) {
        return first(List.of(collection), limit, visibility).getOrDefault(collection, List.of());
    }

    /** The places of those items. */
    List<CollectionRows.Placed> order(String collection, Visibility visibility) {
        Query query = em.createNativeQuery(
                        COLUMNS + "where i.collection_id = :collection and " + Seen.condition(HIDDEN, OWNER, visibility)
                                + " order by i.place, i.id",
                        Tuple.class)
                .setParameter("collection", collection);
        Seen.bind(query, visibility);
        return tuples(query).stream()
                .map(row -> new CollectionRows.Placed(row.get("id", String.class), number(row, "place")))
                .toList();
    }

    long count(String collection) {
        return ((Number) em.createNativeQuery("select count(*) from collection_item where collection_id = ?1")
                        .setParameter(1, collection)
                        .getSingleResult())
                .longValue();
    }

    /**
     * Adds an item behind all others; false if it is there.
     *
     * @param target the id of its row, or the number of a paper
     */
    boolean insert(String id, String collection, ItemType type, String target, String addedBy, long now) {
        String column = switch (type) {
            case MODEL, DATASET, SPACE -> "repo_id";
            case BUCKET -> "bucket_id";
            case COLLECTION -> "nested_id";
            case PAPER -> "paper";
        };
        return em.createNativeQuery("insert into collection_item (id, collection_id, type, target, " + column
                                + ", place, added_by, added_at) select ?1, c.id, ?3, ?4, ?4,"
                                + " coalesce((select max(o.place) from collection_item o where o.collection_id = c.id),"
                                + " 0) + 1, ?5, ?6 from collection c where c.id = ?2"
                                + " on conflict (collection_id, type, target) do nothing")
                        .setParameter(1, id)
                        .setParameter(2, collection)
                        .setParameter(3, type.word())
                        .setParameter(4, target)
                        .setParameter(5, addedBy)
                        .setParameter(6, now)
                        .executeUpdate()
                == 1;
    }

    /** Writes an item's note; the empty text takes it away. */
    void note(String id, String note) {
        em.createNativeQuery("update collection_item set note = ?1 where id = ?2")
                .setParameter(1, note)
                .setParameter(2, id)
                .executeUpdate();
    }

    void delete(String id) {
        em.createNativeQuery("delete from collection_item where id = ?1")
                .setParameter(1, id)
                .executeUpdate();
    }

    /** Puts an item before all of the collection that have at least this place. */
    void moveTo(String id, String collection, long place) {
        em.createNativeQuery("update collection_item set place = place + 1 where collection_id = ?1 and place >= ?2")
                .setParameter(1, collection)
                .setParameter(2, place)
                .executeUpdate();
        em.createNativeQuery("update collection_item set place = ?1 where id = ?2")
                .setParameter(1, place)
                .setParameter(2, id)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked") // JPA has no typed native query for tuples
    private static List<Tuple> tuples(Query query) {
        return query.getResultList();
    }

    private static CollectionItem item(Tuple row) {
        String target = row.get("target", String.class);
        ItemType type = ItemType.parse(row.get("type", String.class)).orElseThrow();
        return new CollectionItem(
                row.get("id", String.class),
                type,
                target,
                type == ItemType.COLLECTION
                        ? Optional.of(CollectionSlug.of(
                                row.get("nested_owner", String.class), row.get("nested_title", String.class), target))
                        : Optional.empty(),
                Optional.ofNullable(row.get("note", String.class)).filter(note -> !note.isEmpty()),
                number(row, "nr") - 1);
    }

    private static long number(Tuple row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
