package io.mailflow.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Who writes to whom: messages and their recipients, drawn by lot. */
final class Correspondence {

    private static final String[] PEOPLE = {
        "adele", "alex", "ben", "chris", "diego", "emily", "grady", "henrietta", "isaiah", "joni", "lee", "lidia",
        "lynne", "megan", "miriam", "nestor", "patti", "pradeep", "raul", "sara", "tomas", "orders", "billing", "hr"
    };
    private static final String[] SUBJECTS = {
        "Offer 2026", "Re: Delivery dates", "Minutes, Monday", "Invoice", "FW: \"Site plan\"", "Weekly figures"
    };

    private final Random random;
    private long internalIds = 4_000_000_000L;

    Correspondence(Random random) {
        this.random = random;
    }

    /** Somebody's address in a domain. */
    String addressAt(String domain) {
        return PEOPLE[random.nextInt(PEOPLE.length)] + "@" + domain;
    }

    /** A message to so many recipients. */
    Mail mail(SimulatedTenant tenant, Instant received, int recipientCount) {
        String guid = new UUID(
                        (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
                .toString();
        long internalId = internalIds++;
        return new Mail(
                received,
                guid,
                Long.toHexString(internalId * 0x9E37_79B9L) + "." + guid.substring(0, 8) + "@" + tenant.name(),
                internalId,
                addressAt(tenant.name()),
                SUBJECTS[random.nextInt(SUBJECTS.length)],
                3_000 + random.nextInt(250_000),
                recipientCount);
    }

    /** Who a message on this route goes to, by the site that takes it: one to three addresses. */
    Map<Site, List<String>> recipients(Route route) {
        double dice = random.nextDouble();
        int count = dice < 0.7 ? 1 : dice < 0.9 ? 2 : 3;
        Map<Site, List<String>> recipients = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Site site = drawSite(route);
            String address = addressAt(site.domain());
            List<String> addresses = recipients.computeIfAbsent(site, s -> new ArrayList<>());
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return recipients;
    }

    private Site drawSite(Route route) {
        List<Site> sites = route.sites();
        double total = 0;
        for (Site site : sites) {
            total += site.weight();
        }
        double dice = random.nextDouble() * total;
        for (Site site : sites) {
            dice -= site.weight();
            if (dice < 0) {
                return site;
            }
        }
        return sites.get(sites.size() - 1);
    }
}
