/** The three-tier story of {@code points demo}: a client of the four services that knows nothing of how they run. */
package io.points.local.demo;
