package org.kohakuhub.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A database with the hub's schema, without a server: what the container does with entity managers and transactions is
 * done here by a thread-bound proxy and {@link #inTransaction}.
 */
public final class TestDatabase implements AutoCloseable {
    private final EntityManagerFactory factory;
    private final HubDataSource source;
    private final ThreadLocal<EntityManager> bound = new ThreadLocal<>();

    private TestDatabase(DatabaseUrl url) {
        Migrations.update(url);
        source = new HubDataSource(url);
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        settings.put("jakarta.persistence.nonJtaDataSource", source);
        settings.put("hibernate.connection.datasource", source);
        settings.put("hibernate.transaction.coordinator_class", "jdbc");
        settings.put(
                "hibernate.transaction.jta.platform",
                "org.hibernate.engine.transaction.jta.platform.internal.NoJtaPlatform");
        // entity managers outside a transaction are never closed: they must not keep connections
        settings.put("hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION");
        factory = Persistence.createEntityManagerFactory("hub", settings);
    }

    /** A new SQLite file in {@code folder}. */
    public static TestDatabase sqlite(Path folder) {
        return new TestDatabase(new DatabaseUrl.Sqlite(folder.resolve("hub.db")));
    }

    /** The database at a {@code postgresql://} address, which must be empty or the hub's own. */
    public static TestDatabase at(String url) {
        return new TestDatabase(DatabaseUrl.parse(url));
    }

    /** Opens plain connections to it. */
    public HubDataSource source() {
        return source;
    }

    /** As the container's: bound to the transaction if there is one, else new for every query. */
    public EntityManager entityManager() {
        return (EntityManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                    EntityManager current = bound.get();
                    try {
                        if (current != null) {
                            return method.invoke(current, arguments);
                        }
                        return method.invoke(factory.createEntityManager(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Runs {@code work} in a transaction, which an exception rolls back; joins the one that is there. */
    public <T> T inTransaction(Supplier<T> work) {
        if (bound.get() != null) {
            return work.get();
        }
        EntityManager current = factory.createEntityManager();
        bound.set(current);
        try {
            current.getTransaction().begin();
            T result = work.get();
            current.getTransaction().commit();
            return result;
        } finally {
            bound.remove();
            if (current.getTransaction().isActive()) {
                current.getTransaction().rollback();
            }
            current.close();
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
