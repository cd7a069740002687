package org.partita.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The trainer's row of the module table, and who within it may know libtorch and ONNX Runtime. */
@AnalyzeClasses(
        packages = "org.partita.trainer",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule TRAINER_KNOWS_ONLY_MUSIC_CORE =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "javax.sound.midi..",
                            "org.partita.music..",
                            "org.partita.trainer..",
                            "org.jspecify..",
                            "org.bytedeco..",
                            "ai.onnx..",
                            "ai.onnxruntime..",
                            "com.google.protobuf..",
                            "picocli..",
                            "me.tongfei.progressbar..",
                            "tools.jackson..",
                            "com.fasterxml.jackson.annotation..")
                    .because("the worker meets the trainer in the model bundle alone");

    @ArchTest
    static final ArchRule ONLY_WHAT_READS_BUNDLES_KNOWS_ONNX_RUNTIME =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..trainer.bundle..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule ONLY_WHAT_LEARNS_KNOWS_LIBTORCH =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "..trainer.network..",
                            "..trainer.training..",
                            // To compare what was exported with what was learnt.
                            "..trainer.export..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.partita.trainer.(*)..").should().beFreeOfCycles();
}
