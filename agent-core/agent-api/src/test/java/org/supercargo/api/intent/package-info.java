@NullMarked
package org.supercargo.api.intent;

import org.jspecify.annotations.NullMarked;
