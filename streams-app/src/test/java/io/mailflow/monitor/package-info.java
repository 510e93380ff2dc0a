@NullMarked
package io.mailflow.monitor;

import org.jspecify.annotations.NullMarked;
