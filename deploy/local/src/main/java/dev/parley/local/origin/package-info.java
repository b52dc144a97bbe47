/**
 * The one address in front of all services: what an ingress does in a cluster, for one machine. It
 * knows nothing of the product but which path prefix belongs to which service.
 */
package dev.parley.local.origin;
