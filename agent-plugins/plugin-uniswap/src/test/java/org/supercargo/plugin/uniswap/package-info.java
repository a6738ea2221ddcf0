@NullMarked
package org.supercargo.plugin.uniswap;

import org.jspecify.annotations.NullMarked;
