package dev.parley.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.OpenApiSnapshot;
import dev.parley.chassis.RequestExamples;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.WrongRequests;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SmsApiTest extends WithCarrier {
  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }

  @Test
  void whatIsNoRequestIsRefusedEverywhereAlike() {
    String token = Tokens.admin("t" + Ids.next(), "ana");
    assertThat(WrongRequests.notRefused(() -> given().auth().oauth2(token))).isEmpty();
  }

  @Test
  void everyExampleOfARequestIsRead() {
    String token = Tokens.admin("t" + Ids.next(), "ana");
    assertThat(
            RequestExamples.unreadable(
                () -> given().auth().oauth2(token), text -> text.replace("{e164}", "+14155550100")))
        .isEmpty();
  }
}
