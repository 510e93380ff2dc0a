package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The manifests, read against the typed models of the Kubernetes API. */
class KubernetesTest {

    private static final Path FOLDER = Shipped.DEPLOY.resolve("kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/Service", Service.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "batch/v1/Job", Job.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

    /** The models collect keys they do not know; without that collection such a key is an error. */
    private static final ObjectMapper MODELS = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @TestFactory
    Stream<DynamicTest> everyManifestHasOnlyKeysKubernetesKnows() {
        return manifests()
                .map(manifest -> DynamicTest.dynamicTest(
                        name(manifest),
                        () -> assertThat(model(manifest).getMetadata().getName())
                                .isNotBlank()));
    }

    @Test
    void unknownKeyIsSeen() {
        ObjectNode manifest = manifests()
                .filter(candidate -> name(candidate).startsWith("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .deepCopy();
        ((ObjectNode) manifest.at("/spec/template/spec/containers/0")).put("portz", 1);

        assertThatIllegalArgumentException().isThrownBy(() -> model(manifest)).withMessageContaining("portz");
    }

    @Test
    void kustomizationNamesEveryManifestAndNothingElse() {
        JsonNode kustomization = Shipped.document(FOLDER.resolve("kustomization.yaml"));

        Set<String> named = new HashSet<>();
        kustomization.path("resources").forEach(file -> named.add(file.asText()));
        kustomization
                .path("configMapGenerator")
                .forEach(map -> map.path("files").forEach(f -> named.add(f.asText())));
        named.add("kustomization.yaml");

        assertThat(Shipped.files(FOLDER))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void probesAskPathsAndPortsOfTheProgram() {
        Container container =
                statefulSet().getSpec().getTemplate().getSpec().getContainers().get(0);

        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(8080);
        });
        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe())
                        .map(Probe::getHttpGet))
                .extracting(HTTPGetAction::getPath)
                .containsOnly("/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
    }

    @Test
    void everyMountHasItsVolume() {
        StatefulSet set = statefulSet();
        Set<String> volumes = new HashSet<>();
        set.getSpec().getTemplate().getSpec().getVolumes().stream()
                .map(Volume::getName)
                .forEach(volumes::add);
        set.getSpec()
                .getVolumeClaimTemplates()
                .forEach(claim -> volumes.add(claim.getMetadata().getName()));

        assertThat(set.getSpec().getTemplate().getSpec().getContainers().get(0).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(volumes);
    }

    @Test
    void selectorsFindThePods() {
        Map<String, String> labels =
                statefulSet().getSpec().getTemplate().getMetadata().getLabels();

        assertThat(models(Service.class))
                .hasSize(2)
                .allSatisfy(service -> assertThat(labels)
                        .containsAllEntriesOf(service.getSpec().getSelector()));
        assertThat(models(PodDisruptionBudget.class))
                .singleElement()
                .satisfies(budget -> assertThat(labels)
                        .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels()));
        assertThat(models(Service.class))
                .extracting(service -> service.getMetadata().getName())
                .contains(statefulSet().getSpec().getServiceName());
    }

    @Test
    void commandsAreThoseOfTheProgram() {
        assertThat(statefulSet()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getArgs())
                .containsExactly("run", "--config", "/etc/mailflow/config/mailflow.yaml");
        assertThat(Files.exists(FOLDER.resolve("mailflow.yaml"))).isTrue();
    }

    static StatefulSet statefulSet() {
        return models(StatefulSet.class).get(0);
    }

    static <T extends HasMetadata> List<T> models(Class<T> kind) {
        return manifests()
                .map(KubernetesTest::model)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static Stream<JsonNode> manifests() {
        return Shipped.files(FOLDER).stream()
                .filter(file -> !Set.of("kustomization.yaml", "mailflow.yaml")
                        .contains(file.getFileName().toString()))
                .flatMap(file -> Shipped.documents(file).stream());
    }

    private static String name(JsonNode manifest) {
        return manifest.path("kind").asText() + " "
                + manifest.path("metadata").path("name").asText();
    }

    private static HasMetadata model(JsonNode manifest) {
        String kind = manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        assertThat(type).as("a kind that this test knows, not %s", kind).isNotNull();
        return MODELS.convertValue(manifest, type);
    }
}
