/** The program. Each sub-package is a room; {@code config/import-control.xml} says which room may see which. */
@NullMarked
package io.mailflow;

import org.jspecify.annotations.NullMarked;
