/**
 * The servers that the services stand on, each the real thing: PostgreSQL, Kafka, Elasticsearch, an
 * OIDC issuer, an S3 store, a mail server. {@link BackEnd} is the seam: today they are plain
 * processes from Maven artifacts, which works with nothing but a JDK; a machine with a Docker
 * engine could give the same endpoints by containers.
 */
package dev.parley.local.backend;
