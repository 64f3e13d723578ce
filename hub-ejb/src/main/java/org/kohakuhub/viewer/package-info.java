/**
 * The dataset viewer: which configurations and splits a dataset has, and what their rows are. Files are copied to the
 * node's disk and read there by DuckDB, in processes that can reach nothing else (docs/adr/0530).
 */
package org.kohakuhub.viewer;
