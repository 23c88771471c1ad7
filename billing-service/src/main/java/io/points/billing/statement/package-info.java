/** What finance reads of a month: statement, journal and reconciliation. */
@NullMarked
package io.points.billing.statement;

import org.jspecify.annotations.NullMarked;
