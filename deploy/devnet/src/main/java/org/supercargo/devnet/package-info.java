/// Starts and stops the local chains an agent lives on when it is offline.
@NullMarked
package org.supercargo.devnet;

import org.jspecify.annotations.NullMarked;
