/// Payments, everything a builder of transactions could do to their bytes, and a second
/// implementation that tells whether what is left still means the same. For tests of this module
/// and, as a test jar, of others.
@NullMarked
package org.supercargo.solana.mutants;

import org.jspecify.annotations.NullMarked;
