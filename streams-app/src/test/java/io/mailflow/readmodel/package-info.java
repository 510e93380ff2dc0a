@NullMarked
package io.mailflow.readmodel;

import org.jspecify.annotations.NullMarked;
