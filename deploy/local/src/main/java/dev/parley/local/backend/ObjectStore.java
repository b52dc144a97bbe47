package dev.parley.local.backend;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobProviderMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** S3's API over files on disk, with one bucket ready. */
public final class ObjectStore extends InProcess {
  private static final String ACCESS_KEY = "parley";
  private static final String SECRET_KEY = "parley-local";
  private static final String BUCKET = "parley-attachments";

  private final Path folder;
  private final int port;
  private BlobStoreContext context;
  private S3Proxy server;

  public ObjectStore(Path folder, int port) {
    super("s3");
    this.folder = folder;
    this.port = port;
  }

  @Override
  void open() throws Exception {
    Files.createDirectories(folder);
    Properties settings = new Properties();
    settings.setProperty("jclouds.filesystem.basedir", folder.toString());
    context =
        ContextBuilder.newBuilder(new FilesystemNio2BlobProviderMetadata())
            .credentials(ACCESS_KEY, SECRET_KEY)
            .overrides(settings)
            .buildView(BlobStoreContext.class);
    BlobStore store = context.getBlobStore();
    store.createContainerInLocation(null, BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(16)
            .build();
    server.start();
  }

  @Override
  void close() throws Exception {
    server.stop();
    context.close();
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of(
        "S3",
        "http://127.0.0.1:" + port,
        "S3_ACCESS_KEY",
        ACCESS_KEY,
        "S3_SECRET_KEY",
        SECRET_KEY,
        "S3_BUCKET",
        BUCKET);
  }
}
