/** The messages between the services: public, versioned by topic, each with a golden file that a test compares. */
@NullMarked
package io.points.contract;

import org.jspecify.annotations.NullMarked;
