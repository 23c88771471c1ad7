package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.client.allocation.AllocationApi;
import io.points.client.allocation.TenantApi;
import io.points.client.allocation.model.AllocationRequest;
import io.points.client.allocation.model.TenantRegistration;
import io.points.client.audit.AuditApi;
import io.points.client.billing.BillingApi;
import io.points.client.distribution.BatchApi;
import io.points.client.distribution.BatchCsvApi;
import io.points.client.distribution.DistributionApi;
import io.points.client.distribution.MemberApi;
import io.points.client.distribution.WalletApi;
import io.points.client.distribution.model.AwardRequest;
import io.points.client.distribution.model.BatchMode;
import io.points.client.distribution.model.BatchRequest;
import io.points.client.distribution.model.BatchRequestReceiver;
import io.points.client.distribution.model.MemberRole;
import io.points.client.distribution.model.MemberUpdate;
import io.points.local.Service;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** README's tour by the clients that openapi-generator makes of docs/openapi, with the JDK's HTTP client as it comes. */
final class GeneratedClients {

    private static final UUID TRITON = UUID.fromString(Tenant.TRITON);
    private static final String WAIT = "wait=20";

    private final Function<Service, String> urls;
    private final Function<String, String> tokens;
    private final Set<HttpClient.Version> spoken = EnumSet.noneOf(HttpClient.Version.class);

    /**
     * @param urls where each service is
     * @param tokens an access token of each user
     */
    GeneratedClients(Function<Service, String> urls, Function<String, String> tokens) {
        this.urls = urls;
        this.tokens = tokens;
    }

    /** Fails if a call does not answer as README and the documents say. */
    void tour() throws Exception {
        var month = YearMonth.now(ZoneOffset.UTC).toString();
        try {
            new TenantApi(allocation("admin"))
                    .registerTenant(
                            new TenantRegistration()
                                    .tenantId(TRITON)
                                    .name("Triton Energy")
                                    .currency(TenantRegistration.CurrencyEnum.INR)
                                    .pricePerPoint("1.00"),
                            key());
        } catch (io.points.client.allocation.ApiException e) {
            assertEquals("urn:points:problem:tenant-exists", type(e.getResponseBody()));
        }
        var allocated = new AllocationApi(allocation("admin")).allocatePoints(allocation("INR", "Invoice #123"), key());
        assertEquals(50_000, allocated.getAmount());

        var employee = UUID.randomUUID();
        var members = new MemberApi(distribution("triton-manager"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(io.points.client.distribution.ApiException.class)
                .until(() -> members.saveMember(employee, new MemberUpdate().role(MemberRole.EMPLOYEE), null)
                        .getUserId()
                        .equals(employee));
        var awards = new DistributionApi(distribution("triton-manager"));
        var award = awards.awardPoints(award(employee, 1_000), key(), WAIT);
        assertEquals("COMPLETED", String.valueOf(award.getState()));
        var campaign = new BatchRequest()
                .mode(BatchMode.ALL_OR_NOTHING)
                .description("Year-end")
                .addReceiversItem(new BatchRequestReceiver().toUserId(employee).amount(10L));
        var batch = new BatchApi(distribution("triton-manager")).awardBatch(campaign, key(), WAIT);
        assertEquals("COMPLETED", String.valueOf(batch.getState()));
        var csv = "to_user_id,amount,description\n" + employee + ",5,Thanks\n";
        var fromCsv = new BatchCsvApi(distribution("triton-manager"))
                .awardBatchFromCsv(BatchMode.EACH, csv, null, key(), WAIT);
        assertEquals("COMPLETED", String.valueOf(fromCsv.getState()));
        var wallets = new WalletApi(distribution("triton-manager"));
        await(() -> wallets.getWallet(employee, null, null, null, null, null, null)
                        .getEarned()
                        .getBalance()
                == 1_015);

        var billing = new BillingApi(billing("finance"));
        await(
                () -> billing
                        .listBillingEntries(null, null, null, null, null, null, null, null, null, TRITON, null)
                        .getItems()
                        .stream()
                        .anyMatch(entry -> entry.getPoints() == 50_000));
        assertEquals(TRITON, billing.getStatement(month, TRITON, null).getTenantId());
        assertTrue(billing.getJournal(month, null, null).contains(Tenant.TRITON));

        var audit = new AuditApi(audit("auditor"));
        await(() ->
                audit
                        .listAuditRecords(null, null, null, null, null, TRITON, null, null, "PointsAwarded")
                        .getItems()
                        .stream()
                        .anyMatch(it -> award.getDistributionId().toString().equals(String.valueOf(it.getSubject()))));
        var event =
                audit
                        .listAuditRecords(null, null, null, null, null, TRITON, null, null, "PointsAwarded")
                        .getItems()
                        .stream()
                        .filter(it -> award.getDistributionId().toString().equals(String.valueOf(it.getSubject())))
                        .findFirst()
                        .orElseThrow()
                        .getEventId();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(io.points.client.audit.ApiException.class)
                .until(() -> audit.proveInclusion(event, null).getEventId().equals(event));
        assertTrue(audit.getLatestCheckpoint(TRITON).getNote().contains(Tenant.TRITON));
        for (var line : audit.exportRecords(null, TRITON, null).split("\n")) {
            assertTrue(new ObjectMapper().readTree(line).isObject(), line);
        }

        refusals(employee);
        assertEquals(EnumSet.of(HttpClient.Version.HTTP_2), spoken);
    }

    private void refusals(UUID employee) {
        var manager = new DistributionApi(distribution("triton-manager"));
        assertEquals(
                "urn:points:problem:insufficient-pool-balance",
                refused(() -> manager.awardPoints(award(employee, 999_999_999_999L), key(), WAIT)));
        assertEquals(
                "urn:points:problem:receiver-not-eligible",
                refused(() -> manager.awardPoints(award(UUID.randomUUID(), 1), key(), WAIT)));
        assertEquals("urn:points:problem:not-found", refused(() -> manager.getDistribution(UUID.randomUUID(), null)));
        assertEquals(
                "urn:points:problem:currency-mismatch",
                type(assertThrows(io.points.client.allocation.ApiException.class, () -> new AllocationApi(
                                        allocation("admin"))
                                .allocatePoints(allocation("USD", "Another currency"), key()))
                        .getResponseBody()));
        assertEquals(
                "urn:points:problem:forbidden",
                type(assertThrows(io.points.client.billing.ApiException.class, () -> new BillingApi(
                                        billing("triton-manager"))
                                .listBillingEntries(null, null, null, null, null, null, null, null, null, TRITON, null))
                        .getResponseBody()));
    }

    private static String refused(Callable<?> call) {
        return type(assertThrows(io.points.client.distribution.ApiException.class, call::call)
                .getResponseBody());
    }

    private static String type(String problem) {
        try {
            return new ObjectMapper().readTree(problem).path("type").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("no problem document: " + problem, e);
        }
    }

    private static AllocationRequest allocation(String currency, String note) {
        return new AllocationRequest()
                .tenantId(TRITON)
                .amount(50_000L)
                .currency(AllocationRequest.CurrencyEnum.fromValue(currency))
                .referenceNote(note);
    }

    private static AwardRequest award(UUID receiver, long amount) {
        return new AwardRequest().toUserId(receiver).amount(amount).description("Outstanding Q1 performance");
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private io.points.client.allocation.ApiClient allocation(String user) {
        var client = new io.points.client.allocation.ApiClient();
        client.updateBaseUri(urls.apply(Service.ALLOCATION));
        return client.setRequestInterceptor(as(user)).setResponseInterceptor(note());
    }

    private io.points.client.distribution.ApiClient distribution(String user) {
        var client = new io.points.client.distribution.ApiClient();
        client.updateBaseUri(urls.apply(Service.DISTRIBUTION));
        return client.setRequestInterceptor(as(user)).setResponseInterceptor(note());
    }

    private io.points.client.billing.ApiClient billing(String user) {
        var client = new io.points.client.billing.ApiClient();
        client.updateBaseUri(urls.apply(Service.BILLING));
        client.setObjectMapper(new TextOrJson(client.getObjectMapper()));
        return client.setRequestInterceptor(as(user)).setResponseInterceptor(note());
    }

    private io.points.client.audit.ApiClient audit(String user) {
        var client = new io.points.client.audit.ApiClient();
        client.updateBaseUri(urls.apply(Service.AUDIT));
        client.setObjectMapper(new TextOrJson(client.getObjectMapper()));
        return client.setRequestInterceptor(as(user)).setResponseInterceptor(note());
    }

    private Consumer<HttpRequest.Builder> as(String user) {
        return request -> request.header("Authorization", "Bearer " + tokens.apply(user));
    }

    private <T> Consumer<HttpResponse<T>> note() {
        return response -> spoken.add(response.version());
    }

    /** The generated client takes each answer whose schema is a text for a JSON string, unless it is text/plain: CSV and lines are not. */
    private static final class TextOrJson extends ObjectMapper {

        private static final long serialVersionUID = 1;

        TextOrJson(ObjectMapper json) {
            super(json);
        }

        @Override
        public ObjectMapper copy() {
            return new TextOrJson(this);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T readValue(String content, TypeReference<T> type) throws JsonProcessingException {
            return type.getType() == String.class ? (T) content : super.readValue(content, type);
        }
    }
}
