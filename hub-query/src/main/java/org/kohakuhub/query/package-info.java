/**
 * Questions about the rows of data files, answered by DuckDB in a process of its own (docs/adr/0530). The hub uses
 * {@link org.kohakuhub.query.Question}, {@link org.kohakuhub.query.Answer} and {@link org.kohakuhub.query.EngineFiles};
 * everything else runs in that process, where DuckDB's driver is.
 */
package org.kohakuhub.query;
