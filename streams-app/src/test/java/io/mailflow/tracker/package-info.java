@NullMarked
package io.mailflow.tracker;

import org.jspecify.annotations.NullMarked;
