@NullMarked
package org.supercargo.plugin.offline;

import org.jspecify.annotations.NullMarked;
