package io.mailflow.catalogue;

import java.util.regex.Pattern;

/** Titles of remedies, which end with the code in brackets: round ones, or those of Chinese and Japanese. */
public final class Title {

    private Title() {}

    /** The title without its code, for where the code stands beside it or there is none. */
    public static String withoutCode(String title, String code) {
        return title.replaceFirst(" ?[(（]" + Pattern.quote(code) + "[)）]$", "");
    }
}
