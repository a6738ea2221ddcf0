@NullMarked
package org.supercargo.evm;

import org.jspecify.annotations.NullMarked;
