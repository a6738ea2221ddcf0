@NullMarked
package org.supercargo.engine;

import org.jspecify.annotations.NullMarked;
