/**
 * What we touch of Quarkus, Vert.x and Netty that is not their public API, because that offers no way to do it. Each class shows
 * a face of public types; no class outside this package depends on a library's internals (a test of the architecture sees to
 * that), so an upgrade that changes them is met here and nowhere else. {@code InternalsTest} tries each face against the real library,
 * and names the library and its version when one breaks.
 */
@NullMarked
package io.points.platform.internals;

import org.jspecify.annotations.NullMarked;
