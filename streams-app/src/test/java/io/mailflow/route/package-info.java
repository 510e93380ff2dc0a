@NullMarked
package io.mailflow.route;

import org.jspecify.annotations.NullMarked;
