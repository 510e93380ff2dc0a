/** Checks of what is shipped: archive, container, compose, Kubernetes, systemd, access lists. */
@org.jspecify.annotations.NullMarked
package io.mailflow.deploy;
