package io.mailflow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What Checkstyle's import rules cannot see: calls, and names used without an import. */
class ArchitectureTest {

    /** From the inside out: a room sees itself and the rooms before it. */
    private static final List<String> ROOMS = List.of(
            "config",
            "reply",
            "catalogue",
            "alerting",
            "serde",
            "naming",
            "committed",
            "tracker",
            "monitor",
            "topology",
            "format",
            "ingest",
            "readmodel",
            "web",
            "route",
            "simulate",
            "runtime",
            "cli");

    private static final Set<String> ROOMS_WITHOUT_KAFKA =
            Set.of("config", "reply", "catalogue", "alerting", "format", "web", "simulate");

    /** The edges, where the program meets the world's time. */
    private static final String[] ROOMS_WITH_A_CLOCK = packages("ingest", "runtime", "cli");

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mailflow");

    @TestFactory
    Stream<DynamicTest> shouldSeeOnlyTheRoomsBeforeItself() {
        return ROOMS.stream()
                .map(room -> rule(
                        room,
                        room(room)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages(ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size())
                                        .toArray(String[]::new)))));
    }

    @TestFactory
    Stream<DynamicTest> shouldNotSeeKafkaInRoomsOfLogic() {
        return ROOMS_WITHOUT_KAFKA.stream()
                .sorted()
                .map(room -> rule(
                        room,
                        room(room)
                                .should()
                                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "kafka..")
                                        .as("classes of Kafka"))));
    }

    @Test
    void shouldTakeTimeAsAParameterOrFromTheContextExceptAtTheEdges() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ROOMS_WITH_A_CLOCK)
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("reads the system clock", ArchitectureTest::readsTheClock))
                .orShould()
                .callConstructor(Date.class)
                .because("event time decides; replaying must give the same answers");

        rule.check(PROGRAM);
    }

    @Test
    void shouldBuildTopologiesOnlyInTheTopologyRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mailflow.topology..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(StreamsBuilder.class)
                .because("explicit names are only enforced by a builder made with the TopologyConfig")
                .check(PROGRAM);
    }

    @Test
    void shouldKeepTheInsideOfTheKafkaServerInOneClass() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.mailflow.runtime.EmbeddedBroker")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.raft..")
                .check(PROGRAM);
    }

    @Test
    void shouldLiveInAKnownRoom() {
        classes()
                .that(resideInAPackage("io.mailflow..").and(notTheRoot()))
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("io.mailflow.schema.."), Stream.of(packages(ROOMS.toArray(String[]::new))))
                        .toArray(String[]::new))
                .check(PROGRAM);
    }

    /** Both tell the same walls: Checkstyle at compile time, this test for what has no import. */
    @Test
    void shouldListTheRoomsInTheOrderOfTheImportControl() throws IOException {
        String walls = Files.readString(Path.of("..", "config", "import-control.xml"));
        List<String> walled = Pattern.compile("<subpackage name=\"([a-z]+)\">")
                .matcher(walls)
                .results()
                .map(match -> match.group(1))
                // Modules of their own, which import the rooms or are imported by all.
                .filter(room -> !Set.of("schema", "benchmarks").contains(room))
                .toList();

        assertThat(ROOMS.stream().filter(walled::contains)).containsExactlyElementsOf(walled);
    }

    private static GivenClassesConjunction room(String room) {
        return noClasses().that().resideInAPackage("io.mailflow." + room + "..");
    }

    private static DynamicTest rule(String name, ArchRule rule) {
        // Rooms that come later in the order of work have no classes yet.
        return DynamicTest.dynamicTest(name, () -> rule.allowEmptyShould(true).check(PROGRAM));
    }

    /** Also where it is only named, as in {@code Instant::now}. */
    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String member = access.getName();
        return (owner.startsWith("java.time.") && member.equals("now"))
                || (owner.equals("java.time.Clock") && (member.startsWith("system") || member.startsWith("tick")))
                || (owner.equals("java.lang.System") && member.equals("currentTimeMillis"));
    }

    private static DescribedPredicate<JavaClass> notTheRoot() {
        return DescribedPredicate.not(resideInAPackage("io.mailflow"));
    }

    private static String[] packages(String... rooms) {
        return Stream.of(rooms).map(room -> "io.mailflow." + room + "..").toArray(String[]::new);
    }
}
