/// A planner that always obeys the attacker, in the real engine on fake chains.
@NullMarked
package org.supercargo.proof.planner;

import org.jspecify.annotations.NullMarked;
