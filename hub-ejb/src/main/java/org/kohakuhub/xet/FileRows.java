package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.OptionalLong;
import org.kohakuhub.common.XetHash;

/** Files and the terms they consist of. Runs in the caller's transaction, if there is one. */
@ApplicationScoped
class FileRows {
    /** Rows of one insert: as many as keep it below the databases' limits of parameters. */
    private static final int INSERT = 100;

    private static final int COLUMNS = 8;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** The size of a file in bytes, if it is known. */
    OptionalLong size(XetHash file) {
        List<?> rows = em.createNativeQuery("select size from xet_file where hash = ?1")
                .setParameter(1, file.hex())
                .getResultList();
        return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(((Number) rows.get(0)).longValue());
    }

    /** Adds a file; false if it is known already: then it only counts as new again, which keeps the sweep off it. */
    boolean insert(XetHash file, long size, List<PlacedTerm> terms, long now) {
        if (renew(file, now) || !insertFile(file, size, now)) {
            return false;
        }
        for (int from = 0; from < terms.size(); from += INSERT) {
            insertTerms(file, terms.subList(from, Math.min(terms.size(), from + INSERT)));
        }
        return true;
    }

    private boolean renew(XetHash file, long now) {
        return em.createNativeQuery("update xet_file set created_at = ?1 where hash = ?2")
                        .setParameter(1, now)
                        .setParameter(2, file.hex())
                        .executeUpdate()
                == 1;
    }

    private boolean insertFile(XetHash file, long size, long now) {
        return em.createNativeQuery(
                                "insert into xet_file (hash, size, created_at) values (?1, ?2, ?3) on conflict (hash) do nothing")
                        .setParameter(1, file.hex())
                        .setParameter(2, size)
                        .setParameter(3, now)
                        .executeUpdate()
                == 1;
    }

    private void insertTerms(XetHash file, List<PlacedTerm> terms) {
        StringBuilder sql = new StringBuilder("insert into xet_term (file_hash, file_offset, xorb_hash, chunk_start,"
                + " chunk_end, length, byte_start, byte_end) values ");
        for (int row = 0; row < terms.size(); row++) {
            sql.append(row == 0 ? "(" : ", (");
            for (int column = 1; column <= COLUMNS; column++) {
                sql.append(column == 1 ? "?" : ", ?").append(row * COLUMNS + column);
            }
            sql.append(')');
        }
        Query insert = em.createNativeQuery(sql.toString());
        int parameter = 0;
        for (PlacedTerm placed : terms) {
            Term term = placed.term();
            insert.setParameter(++parameter, file.hex());
            insert.setParameter(++parameter, placed.offset());
            insert.setParameter(++parameter, term.xorb().hex());
            insert.setParameter(++parameter, term.start());
            insert.setParameter(++parameter, term.end());
            insert.setParameter(++parameter, term.length());
            insert.setParameter(++parameter, term.byteStart());
            insert.setParameter(++parameter, term.byteEnd());
        }
        insert.executeUpdate();
    }

    /** The terms that hold the bytes from {@code from} to before {@code to}, in their order, at most {@code limit}. */
    List<PlacedTerm> terms(XetHash file, long from, long to, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select t.file_offset, t.xorb_hash, x.object_key, t.chunk_start, t.chunk_end, t.length,
                          t.byte_start, t.byte_end
                        from xet_term t join xorb x on x.hash = t.xorb_hash
                        where t.file_hash = ?1 and t.file_offset < ?3 and t.file_offset >=
                          (select max(f.file_offset) from xet_term f where f.file_hash = ?1 and f.file_offset <= ?2)
                        order by t.file_offset""")
                .setParameter(1, file.hex())
                .setParameter(2, from)
                .setParameter(3, to)
                .setMaxResults(limit)
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(FileRows::placed).toList();
    }

    private static PlacedTerm placed(Object[] row) {
        return new PlacedTerm(
                ((Number) row[0]).longValue(),
                new Term(
                        XetHash.parse((String) row[1]),
                        (String) row[2],
                        ((Number) row[3]).intValue(),
                        ((Number) row[4]).intValue(),
                        ((Number) row[5]).intValue(),
                        ((Number) row[6]).intValue(),
                        ((Number) row[7]).intValue()));
    }

    /** The xorbs that follow this one in a file that has it, itself first, without repetition. */
    List<XetHash> neighbours(XetHash xorb, int limit) {
        List<?> rows = em.createNativeQuery("""
                        select t.xorb_hash from xet_term t
                        join (select file_hash, min(file_offset) as at from xet_term where xorb_hash = ?1
                              group by file_hash order by file_hash limit 1) f on f.file_hash = t.file_hash
                        where t.file_offset >= f.at
                        group by t.xorb_hash order by min(t.file_offset)""")
                .setParameter(1, xorb.hex())
                .setMaxResults(limit)
                .getResultList();
        return rows.stream().map(String.class::cast).map(XetHash::parse).toList();
    }
}
