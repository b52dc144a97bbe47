package dev.parley.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import dev.parley.contracts.Json;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** The client of the cluster. It blocks: called on worker and consumer threads alone. */
class ElasticsearchBeans {
  private static final int CONNECT_MILLIS = 1_000;

  @Produces
  @Singleton
  ElasticsearchClient client(SearchConfig config) {
    int millis = (int) config.elasticsearch().timeout().toMillis();
    RestClientBuilder builder =
        RestClient.builder(
                config.elasticsearch().url().stream()
                    .map(HttpHost::create)
                    .toArray(HttpHost[]::new))
            .setRequestConfigCallback(
                request -> request.setConnectTimeout(CONNECT_MILLIS).setSocketTimeout(millis));
    config
        .elasticsearch()
        .apiKey()
        .ifPresent(
            key ->
                builder.setDefaultHeaders(
                    new Header[] {new BasicHeader("Authorization", "ApiKey " + key)}));
    return new ElasticsearchClient(
        new RestClientTransport(builder.build(), new JacksonJsonpMapper(Json.mapper())));
  }

  void close(@Disposes ElasticsearchClient client) throws IOException {
    client.close();
  }
}
