/// Language models on a machine of the owner's, through Ollama's own protocol.
@NullMarked
package org.supercargo.plugin.ollama;

import org.jspecify.annotations.NullMarked;
