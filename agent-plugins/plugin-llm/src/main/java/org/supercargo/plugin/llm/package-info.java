/// Language models that speak the chat completions protocol, each described by a dialect.
@NullMarked
package org.supercargo.plugin.llm;

import org.jspecify.annotations.NullMarked;
