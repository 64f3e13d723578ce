package org.kohakuhub.repo;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;

/** One repository's row. The columns of the version store (leases, pack epoch) are not seen here. */
@Entity(name = "Repository")
@Table(name = "repository")
@DynamicUpdate // others count in this row at the same time: only what was changed is written
class Repository {
    @Id
    String id;

    String type;

    @Column(name = "owner_id")
    String ownerId;

    String namespace;
    String name;

    @Column(name = "normalized_name")
    String normalizedName;

    @Column(name = "is_private")
    boolean isPrivate;

    String gated = Gated.NO.text();
    boolean disabled;
    String sdk;

    @Column(name = "lfs_threshold")
    Long lfsThreshold;

    /** One suffix a line; null for those of the server. */
    @Column(name = "lfs_suffixes")
    String lfsSuffixes;

    /** What its owner says of it in a line, beside the card. */
    String description;

    @Column(name = "discussions_disabled")
    boolean discussionsDisabled;

    /** Of the last thirty days; counted elsewhere, as the two below are. */
    long downloads;

    @Column(name = "downloads_all_time", insertable = false, updatable = false)
    long downloadsAllTime;

    long likes;

    /** Counted elsewhere, from likes and downloads of late. */
    @Column(name = "trending_score", insertable = false, updatable = false)
    long trendingScore;

    /** The commit of the default branch that the columns below were read from; null before the first reading. */
    @Column(name = "card_commit")
    String cardCommit;

    /** The front matter of the README, as a JSON object; null where there is none. */
    String card;

    /** A JSON list of strings. */
    String tags = "[]";

    @Column(name = "pipeline_tag")
    String pipelineTag;

    @Column(name = "library_name")
    String libraryName;

    /** The part of config.json that is told, as a JSON object; null where there is none. */
    @Column(name = "model_config")
    String modelConfig;

    /** See {@link Card#details}. */
    @Column(name = "card_details")
    String cardDetails;

    /** By which {@link CardReader#FORMAT} the columns above were read. */
    @Column(name = "card_format")
    int cardFormat;

    /** See {@link RepositoryRecord#weights}. */
    String weights;

    /** The commit that the weights were read from. */
    @Column(name = "weights_commit")
    String weightsCommit;

    /** How many numbers the weights have. */
    Long parameters;

    @Column(name = "main_size")
    Long mainSize;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    long createdAt;

    @Column(name = "modified_at")
    long modifiedAt;
}
