/// Solana: balances, transfers of SOL and tokens, simulation, sending and settling.
@NullMarked
package org.supercargo.plugin.solana;

import org.jspecify.annotations.NullMarked;
