@NullMarked
package org.supercargo.engine.file;

import org.jspecify.annotations.NullMarked;
