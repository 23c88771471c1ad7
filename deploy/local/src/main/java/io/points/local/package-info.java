/**
 * The whole system on one machine, as processes: for the launcher {@code points} and for tests, which start from
 * {@link io.points.local.Stack} or from single parts such as {@link io.points.local.LocalPostgres}.
 */
package io.points.local;
