package io.mailflow.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "[Message=SubjectMismatch Expected Subject: *.contoso.com. Presented Subject: CN=EX01. Thumbprint: D0AC2F.] [X|*.contoso.com|CN=EX01",
                "(SubjectMismatch. Expected Subject: *.example.test)|*.example.test|-",
                "Expected Subject: a.contoso.com. Presented Subject: CN=b.contoso.com, O=Contoso|a.contoso.com|CN=b.contoso.com, O=Contoso",
                "450 4.4.316 Connection refused|-|-"
            })
    void readsWhatIsThere(String text, String expected, String presented) {
        CertificateNames names = CertificateNames.in(text);
        assertThat(names.expected().orElse(null)).isEqualTo(expected);
        assertThat(names.presented().orElse(null)).isEqualTo(presented);
    }

    @Test
    void aHostileTextTakesNoTime() {
        assertThat(CertificateNames.in("Expected Subject: " + ". ".repeat(4_000))
                        .expected())
                .isEmpty();
    }
}
