@NullMarked
package org.supercargo.cli.model;

import org.jspecify.annotations.NullMarked;
