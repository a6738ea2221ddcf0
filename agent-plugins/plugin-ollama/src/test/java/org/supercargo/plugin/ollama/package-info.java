@NullMarked
package org.supercargo.plugin.ollama;

import org.jspecify.annotations.NullMarked;
