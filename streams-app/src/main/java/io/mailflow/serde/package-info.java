/** JSON for topics that people read; a compact, versioned binary form for stores and repartition topics. */
@NullMarked
package io.mailflow.serde;

import org.jspecify.annotations.NullMarked;
