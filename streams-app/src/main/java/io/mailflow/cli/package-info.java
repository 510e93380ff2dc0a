/** The command line: one class per command, thin. */
@NullMarked
package io.mailflow.cli;

import org.jspecify.annotations.NullMarked;
