/** {@code points bench}: how fast awards go from the request to the completed saga, and what they cost. */
package io.points.bench;
