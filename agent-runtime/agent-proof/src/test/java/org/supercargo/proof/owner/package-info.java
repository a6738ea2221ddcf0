/// What owners allowed, written by hand as tables, and the account of what left beyond it. Nothing
/// here asks a mandate.
@NullMarked
package org.supercargo.proof.owner;

import org.jspecify.annotations.NullMarked;
