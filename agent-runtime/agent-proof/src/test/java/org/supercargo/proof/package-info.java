/// What a planner or an engine that always obeys an attacker can take: attacks, an accounting that
/// asks no mandate, and the count of what was lost.
@NullMarked
package org.supercargo.proof;

import org.jspecify.annotations.NullMarked;
