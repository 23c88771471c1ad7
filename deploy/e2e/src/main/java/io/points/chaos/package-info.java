/**
 * The fault harness: drives the packaged system with a seeded workload, breaks it in every way we know, and then holds
 * its books against what it promised. See docs/reliability.md.
 */
package io.points.chaos;
