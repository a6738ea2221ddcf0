/// Everyday wallet actions over every chain an agent has a wallet on.
@NullMarked
package org.supercargo.plugin.wallet;

import org.jspecify.annotations.NullMarked;
