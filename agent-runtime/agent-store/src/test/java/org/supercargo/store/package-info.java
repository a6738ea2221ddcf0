@NullMarked
package org.supercargo.store;

import org.jspecify.annotations.NullMarked;
