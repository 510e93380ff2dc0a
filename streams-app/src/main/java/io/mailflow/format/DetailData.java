package io.mailflow.format;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The XML in a trace detail's {@code Data}: {@code <root><MEP Name="…" String="…"/>…</root>}. */
final class DetailData {

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        // Data comes from a file that anybody may have written: no entities, nothing fetched.
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private DetailData() {}

    /** The values by name; those before the fault where the text is cut or broken. */
    static Map<String, String> values(@Nullable String xml) {
        Map<String, String> values = new HashMap<>();
        if (xml == null || xml.indexOf('<') < 0) {
            return values;
        }
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(xml.strip()));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    take(reader, values);
                }
            }
        } catch (XMLStreamException e) {
            return values; // The service cuts long data off.
        }
        return values;
    }

    private static void take(XMLStreamReader reader, Map<String, String> values) {
        String name = null;
        String value = null;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals("Name")) {
                name = reader.getAttributeValue(i);
            } else {
                value = reader.getAttributeValue(i);
            }
        }
        if (name != null && value != null && !value.isBlank()) {
            values.putIfAbsent(name, value);
        }
    }
}
