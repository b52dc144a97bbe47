package dev.parley.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.problem.Blank;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a setting's value must look.
 *
 * @param must said to who gets it wrong
 * @param take gives the value as it is kept; empty for one that does not fit
 */
public record SettingForm(String must, Function<JsonNode, Optional<Object>> take) {
  static final String NONE = "none";
  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
  private static final Pattern HOURS =
      Pattern.compile("((?:[01]\\d|2[0-3]):[0-5]\\d)[–-]((?:[01]\\d|2[0-3]):[0-5]\\d)");

  static final SettingForm FLAG =
      new SettingForm(
          "must be true or false",
          node -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty());

  static final SettingForm DURATION =
      new SettingForm("must be an ISO 8601 duration of at most 10 years", SettingForm::duration);

  static final SettingForm DURATION_OR_NONE =
      new SettingForm(
          "must be none or an ISO 8601 duration of at most 10 years",
          node -> NONE.equals(node.textValue()) ? Optional.of(NONE) : duration(node));

  static final SettingForm HOURS_OR_NONE =
      new SettingForm(
          "must be none or as 21:00–08:00, in the recipient's time", SettingForm::hours);

  static final SettingForm COUNTRIES_OR_OWN =
      new SettingForm("must be own or a list of ISO 3166 country codes", SettingForm::countries);

  static SettingForm oneOf(String... values) {
    List<String> known = List.of(values);
    return new SettingForm(
        "must be one of " + String.join(", ", known),
        node -> known.contains(node.textValue()) ? Optional.of(node.textValue()) : text(null));
  }

  static SettingForm textUpTo(int most) {
    return new SettingForm(
        "must be text of 1 to " + most + " characters",
        node ->
            node.isTextual() && !Blank.is(node.textValue()) && node.textValue().length() <= most
                ? Optional.of(node.textValue().strip())
                : Optional.empty());
  }

  static SettingForm number(long least, long most) {
    return new SettingForm(
        "must be an integer from " + least + " to " + most,
        node ->
            node.isIntegralNumber()
                    && node.canConvertToLong()
                    && node.longValue() >= least
                    && node.longValue() <= most
                ? Optional.of(node.longValue())
                : Optional.empty());
  }

  static SettingForm template(String... places) {
    List<String> allowed = List.of(places);
    return new SettingForm(
        "must be an http or https URL with " + String.join(", ", allowed),
        node -> text(node.textValue()).filter(url -> isTemplate((String) url, allowed)));
  }

  private static Optional<Object> text(String value) {
    return Optional.ofNullable(value);
  }

  private static Optional<Object> duration(JsonNode node) {
    try {
      Duration duration = node.isTextual() ? Duration.parse(node.textValue()) : null;
      return duration == null || duration.isNegative() || duration.toDays() > 3653
          ? Optional.empty()
          : Optional.of(node.textValue());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> hours(JsonNode node) {
    String text = node.isTextual() ? node.textValue() : "";
    Matcher hours = HOURS.matcher(text);
    if (hours.matches()) {
      return Optional.of(hours.group(1) + "–" + hours.group(2));
    }
    return NONE.equals(text) ? Optional.of(NONE) : Optional.empty();
  }

  private static Optional<Object> countries(JsonNode node) {
    if ("own".equals(node.textValue())) {
      return Optional.of("own");
    }
    if (!node.isArray() || node.isEmpty()) {
      return Optional.empty();
    }
    List<String> codes = new ArrayList<>();
    for (JsonNode code : node) {
      if (!COUNTRIES.contains(code.asText())) {
        return Optional.empty();
      }
      codes.add(code.textValue());
    }
    return Optional.of(List.copyOf(codes));
  }

  private static boolean isTemplate(String url, List<String> places) {
    String filled = url;
    for (String place : places) {
      filled = filled.replace(place, "x");
    }
    try {
      URI uri = URI.create(filled);
      return url.length() <= 2000
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
