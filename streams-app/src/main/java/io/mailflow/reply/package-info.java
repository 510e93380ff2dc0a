/** Reading a reply or last-error text: code, wrapper chain, inner reply, destination, cause. */
@NullMarked
package io.mailflow.reply;

import org.jspecify.annotations.NullMarked;
