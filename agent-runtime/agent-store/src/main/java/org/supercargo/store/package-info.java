/// The agent store in SQL: SQLite in one file, or PostgreSQL for more than one process.
///
/// The only package that speaks to a database.
@NullMarked
package org.supercargo.store;

import org.jspecify.annotations.NullMarked;
