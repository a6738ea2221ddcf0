/// The plugin API: annotated actions, their calls and results, and where values came from.
@NullMarked
package org.supercargo.api.action;

import org.jspecify.annotations.NullMarked;
