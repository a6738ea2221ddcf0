@NullMarked
package org.supercargo.engine.json;

import org.jspecify.annotations.NullMarked;
