@NullMarked
package org.supercargo.api.asset;

import org.jspecify.annotations.NullMarked;
