/** The whole system as its users meet it: packaged services, real PostgreSQL, Kafka and Keycloak. */
package io.points.e2e;
