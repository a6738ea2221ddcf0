package org.supercargo.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of the house, held by the build.
class HouseRulesTest {
  private static final String OURS = "org.supercargo..";
  private static JavaClasses house = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.supercargo");
  }

  @Test
  void the_api_depends_on_the_jdk_and_nothing_else() {
    classes()
        .that()
        .resideInAPackage("org.supercargo.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.supercargo.api..",
            "java.lang..",
            "java.math..",
            "java.net..",
            "java.nio.charset..",
            "java.time..",
            "java.util..",
            "org.jspecify..")
        .check(house);
  }

  @Test
  void the_engine_depends_on_the_api_and_on_no_input_or_output() {
    noClasses()
        .that()
        .resideInAPackage("org.supercargo.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..",
            "java.sql..",
            "java.nio.channels..",
            "org.supercargo.plugin..",
            "org.supercargo.solana..",
            "org.supercargo.evm..",
            "org.supercargo.store..",
            "org.supercargo.signer..",
            "org.supercargo.http..",
            "org.supercargo.cli..",
            "org.supercargo.devnet..")
        .check(house);
  }

  @Test
  void plugins_depend_on_the_api_and_codecs_but_on_no_engine_and_no_runtime() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.supercargo.plugin..", "org.supercargo.solana..", "org.supercargo.evm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.supercargo.engine..",
            "org.supercargo.store..",
            "org.supercargo.signer..",
            "org.supercargo.http..",
            "org.supercargo.cli..",
            "org.supercargo.devnet..",
            "org.supercargo.testkit..")
        .check(house);
  }

  @Test
  void plugins_do_not_know_each_other() {
    slices().matching("org.supercargo.plugin.(*)..").should().notDependOnEachOther().check(house);
  }

  @Test
  void only_the_command_wires_stores_signer_and_plugins_together() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.supercargo.store..", "org.supercargo.signer..", "org.supercargo.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.supercargo.plugin..", "org.supercargo.cli..", "org.supercargo.devnet..")
        .check(house);
  }

  @Test
  void the_signer_reaches_no_network_and_loads_no_plugin() {
    noClasses()
        .that()
        .resideInAPackage("org.supercargo.signer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..",
            "dev.langchain4j..",
            "okhttp3..",
            "org.web3j..",
            "org.p2p.solanaj..",
            "org.supercargo.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.InetSocketAddress")
        .check(house);
  }

  @ParameterizedTest(name = "{0} is used in {1} only")
  @CsvSource({
    "org.web3j..,        org.supercargo.plugin.evm..",
    "org.p2p.solanaj..,  org.supercargo.plugin.solana..",
    "dev.langchain4j..,  org.supercargo.plugin.langchain4j..",
    "okhttp3..,          org.supercargo.http..",
    "java.sql..,         org.supercargo.store..",
    "org.jdbi..,         org.supercargo.store..",
    "org.yaml..,         org.supercargo.engine.file..|org.supercargo.cli.yaml..",
    "picocli..,          org.supercargo.cli..",
    "software.amazon.awssdk.., org.supercargo.signer.kms.."
  })
  void each_vendor_stays_in_the_package_that_wraps_it(String vendor, String home) {
    noClasses()
        .that()
        .resideInAPackage(OURS)
        .and()
        .resideOutsideOfPackages(home.split("\\|", -1))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(vendor)
        .check(house);
  }

  @Test
  void packages_of_the_house_form_no_cycles() {
    slices().matching("org.supercargo.(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void time_and_chance_come_in_through_constructors() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.supercargo.engine..",
            "org.supercargo.api..",
            "org.supercargo.plugin..",
            "org.supercargo.solana..",
            "org.supercargo.evm..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(house);
  }

  @Test
  void nothing_is_called_util_common_manager_helper_or_impl() {
    noClasses()
        .that()
        .resideInAPackage(OURS)
        .should()
        .haveNameMatching(".*(Util|Utils|Common|Manager|Helper|Impl)")
        .check(house);
  }

  @Test
  void every_class_of_the_house_was_read() {
    Map<String, Long> sizes =
        house.stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    type -> type.getPackageName().replaceFirst("(org\\.supercargo\\.\\w+).*", "$1"),
                    java.util.stream.Collectors.counting()));
    org.assertj.core.api.Assertions.assertThat(sizes.keySet())
        .contains(
            "org.supercargo.api",
            "org.supercargo.engine",
            "org.supercargo.plugin",
            "org.supercargo.solana",
            "org.supercargo.evm",
            "org.supercargo.store",
            "org.supercargo.signer",
            "org.supercargo.http",
            "org.supercargo.cli",
            "org.supercargo.devnet");
  }
}
