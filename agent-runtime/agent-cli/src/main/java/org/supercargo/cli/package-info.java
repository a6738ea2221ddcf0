/// The `supercargo` command: the only place that wires everything together.
@NullMarked
package org.supercargo.cli;

import org.jspecify.annotations.NullMarked;
