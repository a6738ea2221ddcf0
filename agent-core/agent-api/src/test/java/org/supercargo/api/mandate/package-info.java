@NullMarked
package org.supercargo.api.mandate;

import org.jspecify.annotations.NullMarked;
