/// A deterministic model without key and network: it reads goals in plain English by the example
/// phrases of the available actions, and refuses what it does not fully understand.
@NullMarked
package org.supercargo.plugin.offline;

import org.jspecify.annotations.NullMarked;
