package org.partita.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(
        packages = "org.partita.gateway",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsNeitherModelsNorTrainer =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "ai.onnxruntime..", "org.partita.worker..", "org.partita.trainer..");

    @ArchTest
    static final ArchRule featuresDoNotGoRoundInCircles =
            slices().matching("org.partita.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule kafkaIsKnownOnlyToTheQueue =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.partita.gateway.queue..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

    @ArchTest
    static final ArchRule controllersArePackagePrivate =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule settingsAreRecords =
            classes().that().areAnnotatedWith(ConfigurationProperties.class).should().beRecords();

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            noFields().should().beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule timeComesFromOutside =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("GatewayApplication")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");
}
