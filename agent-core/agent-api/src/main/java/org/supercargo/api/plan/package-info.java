/// What a planner decides to do next.
@NullMarked
package org.supercargo.api.plan;

import org.jspecify.annotations.NullMarked;
