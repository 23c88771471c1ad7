/**
 * The operators' tool for dead letters: by itself as {@link io.points.dlq.Main}, as a command of a launcher by {@link
 * io.points.dlq.DlqCommand}, and without a terminal by {@link io.points.dlq.Replay}.
 */
package io.points.dlq;
