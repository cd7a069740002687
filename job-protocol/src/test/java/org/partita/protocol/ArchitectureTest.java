package org.partita.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
        packages = "org.partita.protocol",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOnlyRedisJsonAndMusic =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "org.partita.protocol..",
                            "org.partita.music..",
                            "org.springframework.dao..",
                            "org.springframework.data..",
                            "tools.jackson..");

    @ArchTest
    static final ArchRule timeComesFromOutside =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule scriptsAndFieldsStayInside =
            classes()
                    .that()
                    .haveSimpleName("Script")
                    .or()
                    .haveSimpleName("JsonFields")
                    .should()
                    .bePackagePrivate();
}
