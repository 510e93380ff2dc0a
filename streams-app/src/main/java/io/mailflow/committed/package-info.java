/** What is committed on topics, read to its end. */
@NullMarked
package io.mailflow.committed;

import org.jspecify.annotations.NullMarked;
