package io.mailflow.cli;

import picocli.CommandLine.Command;

/** What the help of a command that prints alerts says about their publications ({@code @Mixin}). */
@Command(
        footerHeading = "%nWhy an alert is published:%n",
        footer = {
            "  opened          a problem began",
            "  escalated       its severity rose",
            "  changed         its reasons, its first cause or who must act changed",
            "  repeated        open and unchanged for long: after 6 hours, then 12, then daily",
            "  became current  the program has caught up with the present: an open alert that nobody was paged for",
            "  corrected       delayed events took back what was published as provisional",
            "  resolved        over: recovered (mail gets through), gave up (the queue expired), or disproved (later",
            "                  facts show that there was nothing)",
            "Provisional is what only the silence of a source supports; delayed events confirm or correct it."
        })
final class PublicationHelp {}
