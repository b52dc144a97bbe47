package dev.parley.sms.provider.twilio;

import com.twilio.security.RequestValidator;
import dev.parley.sms.SmsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Whether Twilio made a request: {@code X-Twilio-Signature} over the public URL, query included,
 * and every form field, those that we do not know too. Compared in constant time.
 */
@ApplicationScoped
public class TwilioSignature {
  /** The header it comes in. */
  public static final String HEADER = "X-Twilio-Signature";

  private final RequestValidator validator;
  private final String publicUrl;

  @Inject
  TwilioSignature(SmsConfig config) {
    this(config.twilio().authToken(), config.twilio().publicUrl().toString());
  }

  TwilioSignature(String token, String publicUrl) {
    this.validator = new RequestValidator(token);
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /**
   * @param pathAndQuery as in the request line, undecoded
   * @param signature the header, or null
   */
  public boolean fits(String pathAndQuery, Map<String, String> form, String signature) {
    return signature != null && validator.validate(publicUrl + pathAndQuery, form, signature);
  }
}
