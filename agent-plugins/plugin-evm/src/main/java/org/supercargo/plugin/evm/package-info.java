/// EVM chains, Base first: balances, transfers, contract calls, simulation, sending.
@NullMarked
package org.supercargo.plugin.evm;

import org.jspecify.annotations.NullMarked;
