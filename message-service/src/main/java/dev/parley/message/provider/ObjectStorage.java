package dev.parley.message.provider;

import dev.parley.chassis.problem.Problem;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Files on anything that speaks S3, by signed addresses wherever bytes can go past this service.
 *
 * <p>Addresses are signed here, without asking the store. All else blocks and belongs on a worker
 * thread ({@link Workers}); a store that does not answer is a 503 with {@code Retry-After}.
 */
@ApplicationScoped
public class ObjectStorage {
  private static final Logger LOG = Logger.getLogger(ObjectStorage.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** What a client sets by itself, or may not set in a browser. */
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

  private final String bucket;
  private final S3Client client;
  private final S3Presigner presigner;

  ObjectStorage(S3Config config) {
    bucket = config.bucket();
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(config.accessKey(), config.secretKey()));
    S3Configuration pathStyle =
        S3Configuration.builder()
            .pathStyleAccessEnabled(true)
            .chunkedEncodingEnabled(false)
            .build();
    client =
        S3Client.builder()
            .endpointOverride(URI.create(config.url()))
            .region(Region.of(config.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(pathStyle)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(ANSWER)
                    .build())
            .overrideConfiguration(to -> to.apiCallTimeout(Duration.ofMinutes(2)))
            .build();
    presigner =
        S3Presigner.builder()
            .endpointOverride(URI.create(config.publicUrl().orElse(config.url())))
            .region(Region.of(config.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(pathStyle)
            .build();
  }

  void stop(@Observes ShutdownEvent event) {
    presigner.close();
    client.close();
  }

  /** A signed address, and the headers that a request to it must bring. */
  public record Signed(String url, Map<String, String> headers) {}

  /** Where to put exactly these bytes: size, type and checksum are part of the signature. */
  public Signed upload(
      String key, long size, String contentType, String sha256Base64, Duration validFor) {
    PutObjectRequest put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentLength(size)
            .contentType(contentType)
            .checksumSHA256(sha256Base64)
            .build();
    var signed =
        presigner.presignPutObject(to -> to.signatureDuration(validFor).putObjectRequest(put));
    Map<String, String> headers = new HashMap<>();
    signed
        .signedHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                headers.put(name, String.join(",", values));
              }
            });
    return new Signed(signed.url().toString(), headers);
  }

  /** Where to get it from, answered with that type and disposition whatever was uploaded. */
  public String download(String key, String contentType, String disposition, Duration validFor) {
    return presigner
        .presignGetObject(
            to ->
                to.signatureDuration(validFor)
                    .getObjectRequest(
                        get ->
                            get.bucket(bucket)
                                .key(key)
                                .responseContentType(contentType)
                                .responseContentDisposition(disposition)
                                .responseCacheControl("private, max-age=300")))
        .url()
        .toString();
  }

  /** How many bytes there are under that key; empty when nothing is. */
  public OptionalLong size(String key) {
    return call(
        () -> {
          try {
            return OptionalLong.of(
                client.headObject(head -> head.bucket(bucket).key(key)).contentLength());
          } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
              return OptionalLong.empty();
            }
            throw e;
          }
        });
  }

  /** Copies within the store. */
  public void copy(String from, String to) {
    call(
        () ->
            client.copyObject(
                copy ->
                    copy.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to)));
  }

  /** The bytes, to be closed. */
  public InputStream open(String key) {
    return call(() -> client.getObject(get -> get.bucket(bucket).key(key)));
  }

  public void put(String key, byte[] bytes, String contentType) {
    call(
        () ->
            client.putObject(
                put -> put.bucket(bucket).key(key).contentType(contentType),
                RequestBody.fromBytes(bytes)));
  }

  /** Deletes them; what is not there is no error. */
  public void delete(List<String> keys) {
    for (String key : keys) {
      call(() -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }
  }

  private static <T> T call(Supplier<T> action) {
    try {
      return action.get();
    } catch (AwsServiceException e) {
      LOG.warnf("the store answered %d", e.statusCode());
      throw Problem.unavailable(RETRY_AFTER);
    } catch (SdkException e) {
      LOG.warnf("the store does not answer: %s", e.getClass().getName());
      throw Problem.unavailable(RETRY_AFTER);
    }
  }
}
