package org.kohakuhub.collection;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Lists collections, each with its first items. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CollectionLists {
    /** As the reference service: the whole collection has to be asked for. */
    private static final int ITEMS = 4;

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{24})");
    private static final String BEHIND_ALL = "g"; // and behind every id

    private final AccessPolicy access;
    private final Accounts accounts;
    private final CollectionRows collections;
    private final CollectionItemRows items;
    private final ItemTargets targets;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected CollectionLists() {
        this(null, null, null, null, null);
    }

    @Inject
    public CollectionLists(
            AccessPolicy access,
            Accounts accounts,
            CollectionRows collections,
            CollectionItemRows items,
            ItemTargets targets) {
        this.access = access;
        this.accounts = accounts;
        this.collections = collections;
        this.items = items;
        this.targets = targets;
    }

    /**
     * A page of a list.
     *
     * @param next where the next one begins; empty at the end
     */
    public record Page(List<CollectionRecord> collections, Optional<String> next) {}

    /**
     * The collections that the caller may see. Owners that there are not, and items that he cannot find, are in none.
     *
     * @param cursor empty for the first page
     * @throws HubException INVALID
     */
    public Page list(Caller caller, CollectionQuery query, Optional<String> cursor, int limit) {
        Set<String> owners = new HashSet<>();
        query.owners().forEach(name -> accounts.find(name).ifPresent(account -> owners.add(account.id())));
        Set<String> wanted = new HashSet<>();
        query.items().forEach(item -> targets.filtered(caller, item).ifPresent(wanted::add));
        boolean nobody = owners.isEmpty() && !query.owners().isEmpty();
        boolean nothing = wanted.isEmpty() && !query.items().isEmpty();
        CollectionRows.Choice choice = choice(owners, wanted, query.order(), cursor);
        if (nobody || nothing) {
            return new Page(List.of(), Optional.empty());
        }
        Visibility visibility = access.visibility(caller);
        List<CollectionRows.Sorted> found = collections.page(caller, choice, limit + 1, visibility);
        boolean more = found.size() > limit;
        List<CollectionRows.Sorted> page = more ? found.subList(0, limit) : found;
        Map<String, List<CollectionItem>> first = items.first(
                page.stream().map(sorted -> sorted.collection().id()).toList(), ITEMS, visibility);
        return new Page(
                page.stream()
                        .map(CollectionRows.Sorted::collection)
                        .map(collection -> collection.with(0, first.getOrDefault(collection.id(), List.of())))
                        .toList(),
                more ? Optional.of(cursor(page.get(limit - 1))) : Optional.empty());
    }

    private static CollectionRows.Choice choice(
            Set<String> owners, Set<String> wanted, CollectionQuery.Sort order, Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return new CollectionRows.Choice(owners, wanted, order, Long.MAX_VALUE, BEHIND_ALL);
        }
        Matcher matcher = CURSOR.matcher(cursor.get());
        if (!matcher.matches()) {
            throw new HubException(ErrorKind.INVALID, "Invalid cursor");
        }
        return new CollectionRows.Choice(owners, wanted, order, Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private static String cursor(CollectionRows.Sorted last) {
        return last.by() + "." + last.collection().id();
    }
}
