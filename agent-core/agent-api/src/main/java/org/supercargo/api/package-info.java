/// Errors and bytes shared by every package.
@NullMarked
package org.supercargo.api;

import org.jspecify.annotations.NullMarked;
