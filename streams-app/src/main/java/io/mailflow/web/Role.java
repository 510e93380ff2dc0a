package io.mailflow.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.security.RouteRole;

/** What a caller may do; each may do what those before it may. */
enum Role implements RouteRole {
    /** Page, session and health. */
    @JsonProperty("none")
    NONE,
    /** All questions. */
    @JsonProperty("reader")
    READER,
    /** Changes, too. */
    @JsonProperty("admin")
    ADMIN
}
