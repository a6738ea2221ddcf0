@NullMarked
package org.supercargo.plugin.wallet;

import org.jspecify.annotations.NullMarked;
