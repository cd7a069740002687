package org.partita.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "org.partita.worker",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule WORKER_SERVES_NO_WEB_AND_TRAINS_NOTHING =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework.web..",
                            "org.partita.gateway..",
                            "org.partita.trainer..",
                            "org.partita.standalone..");

    @ArchTest
    static final ArchRule ENGINE_KNOWS_NEITHER_SPRING_NOR_QUEUE_NOR_STORE =
            noClasses()
                    .that()
                    .resideInAPackage("org.partita.worker.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "org.apache.kafka..",
                            "io.lettuce..",
                            "org.partita.worker.job..",
                            "org.partita.worker.health..");

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_KNOWS_ONNX_RUNTIME =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.partita.worker.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.partita.worker.(*)..").should().beFreeOfCycles();
}
