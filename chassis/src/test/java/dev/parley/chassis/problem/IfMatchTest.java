package dev.parley.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "\"3\"; true",
        " \"3\" ; true",
        "\"2\"; false",
        "W/\"3\"; false",
        "\"1\", \"3\"; true",
        "W/\"3\",\"3\"; true",
        "W/\"3\" , \"2\"; false",
        "*; true"
      })
  void itHoldsForTheVersionByAStrongTagOrWhateverThereIs(String header, boolean holds) {
    assertThat(IfMatch.holds(header, 3)).isEqualTo(holds);
    assertThat(IfMatch.holdsAsItMust(header, 3)).isEqualTo(holds);
  }

  @Test
  void whatIsNotThereHasNoVersionAtAll() {
    assertThat(IfMatch.holds("*", -1)).isFalse();
    assertThat(IfMatch.holds("\"1\"", -1)).isFalse();
    assertThat(IfMatch.holds(null, -1)).isTrue();
  }

  @Test
  void withoutTheHeaderTheLastWriteWinsUnlessItMustBeThere() {
    assertThat(IfMatch.holds(null, 3)).isTrue();
    assertThatThrownBy(() -> IfMatch.holdsAsItMust(null, 3))
        .isInstanceOfSatisfying(
            Problem.class, e -> assertThat(e.code()).isEqualTo(Code.PRECONDITION_REQUIRED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "\"x\"", "\"3\" \"4\"", "w/\"3\"", "*, \"3\"", "\"3\","})
  void whatIsNoTagOfOursIsRefusedByName(String header) {
    assertThatThrownBy(() -> IfMatch.holds(header, 3))
        .isInstanceOfSatisfying(
            Problem.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.INVALID_REQUEST);
              assertThat(e.violations()).extracting(Violation::field).containsExactly("If-Match");
            });
  }
}
