@NullMarked
package org.supercargo.api.ledger;

import org.jspecify.annotations.NullMarked;
