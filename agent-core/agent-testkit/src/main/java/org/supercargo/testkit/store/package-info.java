/// An agent store in memory, and the rules every agent store keeps.
@NullMarked
package org.supercargo.testkit.store;

import org.jspecify.annotations.NullMarked;
