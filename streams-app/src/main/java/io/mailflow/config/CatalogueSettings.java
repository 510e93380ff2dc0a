package io.mailflow.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What alerts advise, and in which language ({@code catalogue.*}).
 *
 * @param language BCP 47 tag of what is published where neither tenant nor connector says otherwise
 * @param languages by tenant
 * @param folder a site's own entries and texts on top of those of the program, or null
 */
public record CatalogueSettings(
        String language,
        Map<String, String> languages,
        @Nullable Path folder) {

    /** The defaults of {@code mailflow.yaml}. */
    public static final CatalogueSettings DEFAULT = new CatalogueSettings("en", Map.of(), null);

    public CatalogueSettings {
        languages = Map.copyOf(languages);
    }

    /** What a tenant's alerts are written in. */
    public String languageOf(String tenant) {
        return languages.getOrDefault(tenant, language);
    }

    /** The same settings with another language for all who have none of their own. */
    public CatalogueSettings withLanguage(String other) {
        return new CatalogueSettings(other, languages, folder);
    }
}
