/// The append-only, hash-chained record of everything an agent did.
@NullMarked
package org.supercargo.api.journal;

import org.jspecify.annotations.NullMarked;
