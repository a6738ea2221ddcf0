@NullMarked
package org.supercargo.devnet;

import org.jspecify.annotations.NullMarked;
