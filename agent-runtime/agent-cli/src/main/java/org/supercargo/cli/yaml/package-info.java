/// YAML files of the command, read with their lines.
@NullMarked
package org.supercargo.cli.yaml;

import org.jspecify.annotations.NullMarked;
