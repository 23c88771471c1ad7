/**
 * Business alerts: what the rules allow but a person should check. The rules are plain Java; around them
 * are the scans, SQL and HTTP.
 */
@NullMarked
package io.points.allocation.alert;

import org.jspecify.annotations.NullMarked;
