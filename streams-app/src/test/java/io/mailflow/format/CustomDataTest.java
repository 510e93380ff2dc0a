package io.mailflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomDataTest {

    private static final String KEY = "S:Microsoft.Exchange.Hygiene.TenantOutboundConnectorCustomData=";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contoso hybrid",
                "O'Brien's relay",
                "Über Köln; then Zürich",
                "a=b",
                "İstanbul hattı",
                "Внутренний соединитель отправки",
                "Outbound to 2f6c1e9a-0000-4000-8000-000000000001"
            })
    void shouldReadAnyName(String name) {
        String value = "Name=" + name + ";ConnectorType=OnPremises;UseMxRecord=False";

        assertThat(CustomData.outboundConnector("S:a=b;'" + KEY + value + "';S:c=d"))
                .contains(name);
        assertThat(CustomData.outboundConnector(KEY + value + "| Name=Second;ConnectorType=Partner;S:c=d"))
                .contains(name);
    }

    @Test
    void shouldReadWhatTheServiceLeftOfALongText() {
        assertThat(CustomData.outboundConnector("S:a=b;'" + KEY + "Name=Contoso hybrid;ConnectorType=OnPr"))
                .contains("Contoso hybrid");
        assertThat(CustomData.outboundConnector(KEY + "Name=Contoso hy")).contains("Contoso hy");
        assertThat(CustomData.outboundConnector(KEY + "Na")).isEmpty();
    }

    @Test
    void shouldNotTakeOtherConnectorsForTheTenantsOutboundOne() {
        assertThat(CustomData.outboundConnector("S:InboundConnectorData=Name=From partner;ConnectorType=Partner"))
                .isEmpty();
        assertThat(CustomData.outboundConnector("S:a=b;" + KEY + ";S:Other=Name=Not this"))
                .isEmpty();
    }
}
