@NullMarked
package org.supercargo.plugin.x402;

import org.jspecify.annotations.NullMarked;
