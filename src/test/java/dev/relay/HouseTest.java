package dev.relay;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The import rule of the house: each room sees only the rooms below it, and few rooms see the libraries. */
class HouseTest {
    private static final String ROOT = "dev.relay";

    /** What a room may import. A room that is not here has no place in the house yet. */
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("outcome", Set.of()),
            Map.entry("http", Set.of("outcome")),
            Map.entry("plan", Set.of("http", "outcome")),
            Map.entry("io", Set.of("plan", "http", "outcome")),
            Map.entry("wire", Set.of("io", "plan", "http", "outcome")),
            Map.entry("upstream", Set.of("wire", "io", "plan", "http", "outcome")),
            Map.entry("sink", Set.of("io", "plan", "http", "outcome")),
            Map.entry("transfer", Set.of("upstream", "sink", "wire", "io", "plan", "http", "outcome")),
            Map.entry(
                    "listener",
                    Set.of("transfer", "duplex", "upstream", "sink", "wire", "io", "plan", "http", "outcome")),
            Map.entry("duplex", Set.of("upstream", "sink", "wire", "io", "plan", "http", "outcome")),
            Map.entry("report", Set.of("upstream", "sink", "io", "plan", "http", "outcome")),
            Map.entry("cli", Set.of("upstream", "sink", "io", "plan", "http", "outcome")));

    /** The rooms that may import a library: everything else does without. */
    private static final Map<String, List<String>> IMPORTERS = Map.of(
            "picocli..", List.of("cli"),
            "java.net.http..", List.of("upstream", "duplex"),
            "org.jline..", List.of("report"),
            "io.nayuki..", List.of("report"));

    /** The training of the AOT cache drives the whole program; it is packaging, not a room. */
    private static final String PACKAGING = "training";

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyPackageIsARoomWithItsPlaceInTheHouse() {
        var rooms = HOUSE.stream()
                .map(HouseTest::room)
                .filter(room -> !room.isEmpty() && !room.equals(PACKAGING))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rooms).isNotEmpty().isSubsetOf(BELOW.keySet());
    }

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyTheRoomsBelowIt() {
        return BELOW.keySet().stream()
                .sorted()
                .map(room -> DynamicTest.dynamicTest(room, () -> {
                    var allowed = Stream.concat(Stream.of(room), BELOW.getOrDefault(room, Set.of()).stream())
                            .map(HouseTest::packages)
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(packages(room))
                            .should()
                            .dependOnClassesThat(resideInAPackage(ROOT + "..")
                                    .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)))
                            .because("imports point down only")
                            .allowEmptyShould(true)
                            .check(HOUSE);
                }));
    }

    @Test
    void thereIsNoCycleBetweenRooms() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @TestFactory
    Stream<DynamicTest> aLibraryHasItsSoleImporters() {
        return IMPORTERS.entrySet().stream()
                .map(library -> DynamicTest.dynamicTest(library.getKey(), () -> {
                    var importers =
                            library.getValue().stream().map(HouseTest::packages).toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(importers)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(library.getKey())
                            .check(HOUSE);
                }));
    }

    @Test
    void nobodyImportsThePackaging() {
        classes()
                .that()
                .resideInAPackage(packages(PACKAGING))
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(packages(PACKAGING))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    private static String packages(String room) {
        return ROOT + "." + room + "..";
    }

    /** The room that a class lives in, empty for the composition root. */
    private static String room(JavaClass type) {
        var name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.", -1)[0];
    }
}
