/// Which model is asked for a step, what it may cost, and the one retry layer around it.
@NullMarked
package org.supercargo.engine.model;

import org.jspecify.annotations.NullMarked;
