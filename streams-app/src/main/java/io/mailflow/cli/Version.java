package io.mailflow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar. */
final class Version implements IVersionProvider {

    private static final String BUILD = "/META-INF/maven/io.mailflow/streams-app/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream build = Version.class.getResourceAsStream(BUILD)) {
            Properties properties = new Properties();
            if (build != null) {
                properties.load(build);
            }
            return new String[] {"Mail Flow Intelligence " + properties.getProperty("version", "(not packaged)")};
        }
    }
}
