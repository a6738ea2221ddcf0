@NullMarked
package org.supercargo.cli;

import org.jspecify.annotations.NullMarked;
