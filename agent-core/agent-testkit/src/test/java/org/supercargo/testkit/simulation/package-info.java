/// A world of many agents in which everything goes wrong that may, again and again, and in which
/// nothing may be paid twice, lost, or spent beyond a budget.
@NullMarked
package org.supercargo.testkit.simulation;

import org.jspecify.annotations.NullMarked;
