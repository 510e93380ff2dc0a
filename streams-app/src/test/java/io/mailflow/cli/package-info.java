@NullMarked
package io.mailflow.cli;

import org.jspecify.annotations.NullMarked;
