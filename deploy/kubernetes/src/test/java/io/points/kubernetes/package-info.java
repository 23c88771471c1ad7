/**
 * Checks of the manifests in this module's folder: each against the model of its kind, all against each other, and all
 * against the code, so that a topic, a variable, a port or a login that only one side knows does not reach a cluster.
 */
package io.points.kubernetes;
