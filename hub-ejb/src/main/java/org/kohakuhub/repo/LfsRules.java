package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.config.LfsConfig;

/** The rule of each repository: its own settings, else the server's. */
@ApplicationScoped
public class LfsRules {
    private final Repositories repositories;
    private final LfsConfig server;

    @SuppressWarnings("NullAway")
    protected LfsRules() { // the container's proxy only
        this(null, null);
    }

    @Inject
    LfsRules(Repositories repositories, LfsConfig server) {
        this.repositories = repositories;
        this.server = server;
    }

    /** The rule that counts for a repository now, and where it comes from. */
    public LfsSettings settings(RepoKey repo) {
        Optional<Repository> row = repositories.byId(repo.id());
        return new LfsSettings(
                row.map(own -> own.lfsThreshold),
                row.map(own -> own.lfsSuffixes).map(lines -> lines.lines().toList()),
                of(repo),
                new LfsRule(server.thresholdBytes(), LfsRule.SERVER_SUFFIXES),
                server.keepVersions());
    }

    /** The rule that counts for a repository now. */
    public LfsRule of(RepoKey repo) {
        Optional<Repository> row = repositories.byId(repo.id());
        long threshold = row.map(own -> own.lfsThreshold).orElse(server.thresholdBytes());
        List<String> suffixes = row.map(own -> own.lfsSuffixes)
                .map(lines -> lines.lines().toList())
                .orElse(LfsRule.SERVER_SUFFIXES);
        return new LfsRule(threshold, suffixes);
    }
}
