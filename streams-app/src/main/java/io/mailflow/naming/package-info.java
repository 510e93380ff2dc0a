/** Every topic, store, operator and metric name, once, typed. Names are public: changing one needs an ADR. */
@NullMarked
package io.mailflow.naming;

import org.jspecify.annotations.NullMarked;
