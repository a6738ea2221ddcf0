@NullMarked
package org.supercargo.plugin.langchain4j;

import org.jspecify.annotations.NullMarked;
