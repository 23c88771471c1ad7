/** The tenants' books, added up from the sealed events, and how they compare with what the balance owners attest. */
@NullMarked
package io.points.audit.books;

import org.jspecify.annotations.NullMarked;
