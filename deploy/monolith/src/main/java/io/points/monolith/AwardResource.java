package io.points.monolith;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The request of distribution-service, as a single service would answer it. */
@Path("/api/allocations/award-points")
public class AwardResource {

    private static final int CREATED = 201;

    private final Awards awards;
    private final JsonWebToken caller;

    AwardResource(Awards awards, JsonWebToken caller) {
        this.awards = awards;
        this.caller = caller;
    }

    /**
     * An award that is asked for.
     *
     * @param toUserId who is awarded
     * @param amount points
     * @param referenceType what it is for
     * @param description what the receiver reads
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Award(
            @NotNull UUID toUserId,
            @Positive @Max(1_000_000_000) long amount,
            @Size(max = 50) String referenceType,
            @Size(max = 2_000) String description) {}

    /** Moves the points, or answers as it did before. */
    @POST
    @RolesAllowed("manager")
    public Uni<Response> award(
            @NotBlank @Size(max = 100) @HeaderParam("Idempotency-Key") String key, @NotNull @Valid Award award) {
        UUID tenant = UUID.fromString(caller.getClaim("tenant_id"));
        return awards.award(tenant, UUID.fromString(caller.getSubject()), key, award)
                .map(answer -> Response.status(CREATED).entity(answer).build());
    }
}
