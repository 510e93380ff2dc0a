/** The command line: one thin class per command, which reads its options, calls the other rooms and prints. */
@NullMarked
package io.mailflow.cli;

import org.jspecify.annotations.NullMarked;
