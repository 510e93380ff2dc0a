/** Reads the output topics, and nothing else: what they say can be read again at any time. */
@NullMarked
package io.mailflow.readmodel;

import org.jspecify.annotations.NullMarked;
