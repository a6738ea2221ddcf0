@NullMarked
package org.supercargo.plugin.evm;

import org.jspecify.annotations.NullMarked;
