/** Remediation: what to do about a failure, as data, one file per language. */
@NullMarked
package io.mailflow.catalogue;

import org.jspecify.annotations.NullMarked;
