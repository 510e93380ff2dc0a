package io.mailflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.mailflow.config.ConfigLoader;
import io.mailflow.config.MailflowConfig;
import io.mailflow.config.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every port and every path that the manifests name is there. */
class KubernetesPlacesTest {

    private static final Path FOLDER = Shipped.DEPLOY.resolve("kubernetes");
    private static final MailflowConfig CONFIG = ConfigLoader.load(FOLDER.resolve("mailflow.yaml"));
    private static final StatefulSet SET = KubernetesTest.statefulSet();

    @Test
    void probesAndServicesGoToThePortTheProgramListensTo() {
        assertThat(instance().getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getContainerPort()).isEqualTo(CONFIG.web().port());
            IntOrString name = new IntOrString(port.getName());
            assertThat(probes())
                    .hasSize(3)
                    .allSatisfy(
                            probe -> assertThat(probe.getHttpGet().getPort()).isEqualTo(name));
            assertThat(KubernetesTest.models(Service.class).stream()
                            .flatMap(service -> service.getSpec().getPorts().stream()))
                    .isNotEmpty()
                    .extracting(ServicePort::getTargetPort)
                    .containsOnly(name);
        });
    }

    @Test
    void onlyPathsThatAreAnsweredAreAsked() {
        Map<String, String> annotations =
                SET.getSpec().getTemplate().getMetadata().getAnnotations();

        assertThat(annotations)
                .containsEntry(
                        "prometheus.io/port", Integer.toString(CONFIG.web().port()))
                .containsEntry("prometheus.io/path", "/metrics");
        assertThat(Shipped.answeredPaths())
                .contains(annotations.get("prometheus.io/path"))
                .containsAll(probes().map(probe -> probe.getHttpGet().getPath()).toList());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyMountHasItsVolumeAndTheConfigurationItsFile(PodTemplateSpec pod) {
        Container container = pod.getSpec().getContainers().get(0);
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getName)
                .allMatch(name -> isVolume(pod.getSpec(), name));

        Path config = Path.of(container.getArgs().get(container.getArgs().indexOf("--config") + 1));
        Volume volume = volume(pod.getSpec(), mount(container, config));
        JsonNode generated =
                Shipped.document(FOLDER.resolve("kustomization.yaml")).at("/configMapGenerator/0");
        assertThat(volume.getConfigMap().getName())
                .isEqualTo(generated.path("name").asText());
        assertThat(generated.at("/files/0").asText())
                .isEqualTo(config.getFileName().toString());
        assertThat(mount(container, config).getMountPath()).isEqualTo(Objects.toString(config.getParent()));
    }

    @Test
    void secretsAndStateAreWhereTheConfigurationSays() {
        assertThat(Stream.of(CONFIG.web().readToken(), CONFIG.web().adminToken()))
                .doesNotContainNull()
                .extracting(SecretSource::name)
                .allSatisfy(file -> assertThat(
                                volume(SET.getSpec().getTemplate().getSpec(), mount(instance(), Path.of(file)))
                                        .getSecret()
                                        .getSecretName())
                        .isEqualTo("mailflow"));
        assertThat(SET.getSpec().getVolumeClaimTemplates())
                .singleElement()
                .satisfies(claim -> assertThat(
                                mount(instance(), CONFIG.kafka().stateDir()).getName())
                        .isEqualTo(claim.getMetadata().getName()));
    }

    /** The Job and the pods run as the user whom the image gives its folders to. */
    @ParameterizedTest
    @MethodSource("pods")
    void theUserIsThatOfTheImage(PodTemplateSpec pod) {
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser() + ":"
                        + pod.getSpec().getSecurityContext().getRunAsGroup())
                .isEqualTo(ContainerfileTest.instruction("USER"));
    }

    static List<PodTemplateSpec> pods() {
        return Stream.concat(
                        Stream.of(SET.getSpec().getTemplate()),
                        KubernetesTest.models(Job.class).stream()
                                .map(job -> job.getSpec().getTemplate()))
                .toList();
    }

    private static Container instance() {
        return SET.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static Stream<Probe> probes() {
        return Stream.of(
                instance().getStartupProbe(),
                instance().getLivenessProbe(),
                instance().getReadinessProbe());
    }

    private static boolean isVolume(PodSpec pod, String name) {
        return Stream.concat(
                        pod.getVolumes().stream().map(Volume::getName),
                        SET.getSpec().getVolumeClaimTemplates().stream()
                                .map(claim -> claim.getMetadata().getName()))
                .anyMatch(name::equals);
    }

    private static Volume volume(PodSpec pod, VolumeMount mount) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
    }

    /** The mount that a file of the container lies in. */
    private static VolumeMount mount(Container container, Path file) {
        return container.getVolumeMounts().stream()
                .filter(mount -> file.startsWith(mount.getMountPath()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted where " + file + " is looked for"));
    }
}
