package org.partita.music;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;

/**
 * The laws of the module: it knows only the JDK, and the same input always gives the same output.
 */
@AnalyzeClasses(packages = "org.partita", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_THE_JDK =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "org.partita.music..")
                    .because("every program of the project builds on it");

    @ArchTest
    static final ArchRule HAS_NO_PACKAGE_CYCLES =
            slices().matching("org.partita.music.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SCORES_KNOW_NOTHING_OF_WHAT_IS_MADE_OF_THEM =
            noClasses()
                    .that()
                    .resideInAPackage("org.partita.music")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.partita.music.*..");

    @ArchTest
    static final ArchRule EVENTS_AND_FILES_DO_NOT_KNOW_EACH_OTHER =
            noClasses()
                    .that()
                    .resideInAPackage("..event..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..midi..");

    @ArchTest
    static final ArchRule HAS_NO_FUNNEL_PACKAGES =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..util..", "..common..", "..impl..", "..helper..", "..manager..");

    @ArchTest
    static final ArchRule CHANCE_AND_TIME_COME_FROM_OUTSIDE =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callConstructor(Random.class)
                    .orShould()
                    .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule STATIC_FIELDS_ARE_CONSTANT =
            fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);

    @ArchTest static final ArchRule PRINTS_NOTHING = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest static final ArchRule LOGS_NOTHING = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest static final ArchRule FAILS_WITH_FACTS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule PRINTS_NO_STACK_TRACES =
            noClasses().should().callMethod(Throwable.class, "printStackTrace");
}
