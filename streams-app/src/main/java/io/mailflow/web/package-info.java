/** HTTP: the query API, the page, metrics and health. It asks the read model and knows nothing of Kafka. */
@NullMarked
package io.mailflow.web;

import org.jspecify.annotations.NullMarked;
