package io.mailflow.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, as RFC 9457 has it.
 *
 * @param type URN of the kind
 * @param title the kind in words
 * @param detail what happened and what to do
 * @param instance the path asked for
 * @param parameter name of the query parameter or path part at fault
 * @param value what it was, shortened
 * @param expected what would do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable String parameter,
        @Nullable String value,
        @Nullable String expected) {

    static final String CONTENT_TYPE = "application/problem+json";
}
