/// Swaps on Uniswap v3.
@NullMarked
package org.supercargo.plugin.uniswap;

import org.jspecify.annotations.NullMarked;
