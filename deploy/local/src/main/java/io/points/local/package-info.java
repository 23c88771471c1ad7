/**
 * The whole system on one machine, as processes: for the launcher {@code points} and for tests.
 *
 * <ul>
 *   <li>The stack, for both: {@link io.points.local.Stack} and its parts, each a {@link io.points.local.LocalProcess}. Their
 *       programs come from Maven's artifacts ({@code PostgresPrograms}, {@code KeycloakProgram}, {@code Cache}).
 *   <li>The launcher: {@link io.points.local.Main} and a {@code …Command} for each command. {@code Supervisor} owns a running
 *       stack, {@code Background} starts one that outlives the command, and {@code RunRecord} is how one command finds what
 *       another has started.
 *   <li>{@code io.points.local.demo}: the story that {@code points demo} tells over HTTP, as any client would.
 * </ul>
 */
package io.points.local;
