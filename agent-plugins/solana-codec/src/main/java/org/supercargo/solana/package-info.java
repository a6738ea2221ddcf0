/// Solana's wire formats without any I/O: keys, messages, transactions, the instructions of the
/// programs every wallet meets, and what unsigned bytes can do.
@NullMarked
package org.supercargo.solana;

import org.jspecify.annotations.NullMarked;
