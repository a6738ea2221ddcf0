/// Servers on the loopback interface that speak the wires of model providers as strictly as those.
@NullMarked
package org.supercargo.cli.wire;

import org.jspecify.annotations.NullMarked;
