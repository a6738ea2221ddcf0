/// Real processes that die: at every named point of an effect, and at any moment.
@NullMarked
package org.supercargo.cli.kill;

import org.jspecify.annotations.NullMarked;
