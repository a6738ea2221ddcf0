/// What the engine needs of a database, as narrow transactional ports.
@NullMarked
package org.supercargo.engine.store;

import org.jspecify.annotations.NullMarked;
