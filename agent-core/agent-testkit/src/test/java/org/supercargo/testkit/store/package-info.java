@NullMarked
package org.supercargo.testkit.store;

import org.jspecify.annotations.NullMarked;
