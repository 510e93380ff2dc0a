/** Every topic, store and operator name, once. Names are public: changing one is a breaking change. */
@NullMarked
package io.mailflow.naming;

import org.jspecify.annotations.NullMarked;
