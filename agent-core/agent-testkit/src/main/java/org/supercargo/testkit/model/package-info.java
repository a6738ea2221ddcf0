/// The conformance kit for models: everything a provider of the chat completions protocol does
/// wrong, played on 127.0.0.1, and what has to come of it.
@NullMarked
package org.supercargo.testkit.model;

import org.jspecify.annotations.NullMarked;
