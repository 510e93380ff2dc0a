/** Puts the parts together: the whole data flow on one screen. */
@NullMarked
package io.mailflow.topology;

import org.jspecify.annotations.NullMarked;
