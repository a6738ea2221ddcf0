/// EVM transactions, addresses and contract calls: bytes to decoded effects, without I/O.
@NullMarked
package org.supercargo.evm;

import org.jspecify.annotations.NullMarked;
