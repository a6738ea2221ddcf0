/// Which models there are, and how well they do on tasks whose outcome can be checked.
@NullMarked
package org.supercargo.cli.model;

import org.jspecify.annotations.NullMarked;
