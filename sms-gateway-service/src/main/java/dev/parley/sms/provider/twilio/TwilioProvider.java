package dev.parley.sms.provider.twilio;

import com.twilio.base.Page;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.sms.SmsConfig;
import dev.parley.sms.provider.OutboundSms;
import dev.parley.sms.provider.ProviderFailure;
import dev.parley.sms.provider.ProviderReceipt;
import dev.parley.sms.provider.SmsProvider;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Twilio. The library blocks, so each call has a worker thread for as long as it takes. */
@ApplicationScoped
public class TwilioProvider implements SmsProvider {
  /** As it stands in the database. */
  public static final String NAME = "twilio";

  private static final int UNAUTHENTICATED = 401;
  private static final int SERVICE_UNAVAILABLE = 20503;
  private static final long PAGE = 200L;
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final TwilioRestClient client;
  private final String publicUrl;

  TwilioProvider(SmsConfig config) {
    SmsConfig.Twilio twilio = config.twilio();
    this.client =
        new TwilioRestClient.Builder(twilio.accountSid(), twilio.authToken())
            .httpClient(new CarrierHttp(twilio.baseUrl(), config.dispatch().callTimeout()))
            .build();
    this.publicUrl = twilio.publicUrl().toString().replaceAll("/+$", "");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Uni<ProviderReceipt> send(OutboundSms sms) {
    return onWorker(
        () ->
            receipt(
                Message.creator(new PhoneNumber(sms.to()), new PhoneNumber(sms.from()), sms.body())
                    .setStatusCallback(
                        URI.create(publicUrl + "/webhooks/twilio/status?id=" + sms.id()))
                    .create(client)));
  }

  @Override
  public Uni<List<ProviderReceipt>> find(OutboundSms sms, Instant from) {
    return onWorker(() -> lookUp(sms, from.minus(SKEW)));
  }

  /** Newest first, page by page, until they are older. */
  private List<ProviderReceipt> lookUp(OutboundSms sms, Instant from) {
    List<ProviderReceipt> found = new ArrayList<>();
    Page<Message> page =
        Message.reader()
            .setTo(new PhoneNumber(sms.to()))
            .setFrom(new PhoneNumber(sms.from()))
            .setPageSize(PAGE)
            .firstPage(client);
    while (page != null) {
      for (Message message : page.getRecords()) {
        if (message.getDateCreated().toInstant().isBefore(from)) {
          Collections.reverse(found);
          return found;
        }
        if (message.getBody().strip().equals(sms.body().strip())) {
          found.add(receipt(message));
        }
      }
      page = page.hasNextPage() ? Message.reader().nextPage(page, client) : null;
    }
    Collections.reverse(found);
    return found;
  }

  private static ProviderReceipt receipt(Message message) {
    String code = message.getErrorCode() == null ? null : message.getErrorCode().toString();
    return new ProviderReceipt(
        message.getSid(),
        TwilioStatus.of(message.getStatus().toString(), code).orElse(DeliveryStatus.SENDING),
        code,
        TwilioStatus.reason(code),
        segments(message.getNumSegments()));
  }

  private static int segments(String told) {
    return told != null && told.matches("\\d{1,3}") ? Integer.parseInt(told) : 0;
  }

  private static <T> Uni<T> onWorker(Supplier<T> call) {
    return Uni.createFrom()
        .item(call)
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .onFailure()
        .transform(TwilioProvider::failure);
  }

  /** Whatever is not surely a refusal leaves a doubt. */
  private static Throwable failure(Throwable failure) {
    if (failure instanceof ProviderFailure) {
      return failure;
    }
    if (failure instanceof ApiException api && api.getStatusCode() != null) {
      int status = api.getStatusCode();
      int code = api.getCode() == null ? 0 : api.getCode();
      if (status == UNAUTHENTICATED || code == SERVICE_UNAVAILABLE) {
        return new ProviderFailure.Unreachable("answered " + status);
      }
      if (status >= 400 && status < 500) {
        String told = code == 0 ? Integer.toString(status) : Integer.toString(code);
        return new ProviderFailure.Rejected(
            TwilioStatus.refused(told), told, TwilioStatus.reason(told));
      }
    }
    return new ProviderFailure.InDoubt(failure.getClass().getSimpleName());
  }
}
