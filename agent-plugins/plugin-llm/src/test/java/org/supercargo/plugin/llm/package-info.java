@NullMarked
package org.supercargo.plugin.llm;

import org.jspecify.annotations.NullMarked;
