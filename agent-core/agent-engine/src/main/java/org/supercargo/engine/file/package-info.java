/// Agent files: YAML in, values or precise complaints out.
@NullMarked
package org.supercargo.engine.file;

import org.jspecify.annotations.NullMarked;
