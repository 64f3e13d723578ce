package org.kohakuhub.viewer;

import java.util.Map;

/** A dataset and what is in the files of its configurations, by their names. */
public record DescribedDataset(ViewerService.Dataset dataset, Map<String, ConfigContent> contents) {}
