package org.partita.gateway.client;

import org.partita.gateway.problem.ProblemException;
import org.partita.gateway.problem.ProblemType;
import org.partita.protocol.JobStore;
import org.partita.protocol.Quota;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Every client's share of submissions, counted in Redis for all gateways together and told in the
 * fields of the IETF draft <i>RateLimit header fields for HTTP</i>.
 */
@Component
public final class Quotas {

    private final JobStore store;
    private final Quota.Policy policy;

    Quotas(JobStore store, LimitProperties limits) {
        this.store = store;
        this.policy = limits.policy();
    }

    /**
     * Takes one submission from the client's quota.
     *
     * @return the fields to answer with
     * @throws ProblemException 429 if none is left
     */
    public HttpHeaders takeSubmission(Client client) {
        Quota quota = store.take(client.name(), policy);
        HttpHeaders headers = new HttpHeaders();
        headers.set(
                "RateLimit-Policy",
                "\"%s\";q=%d;w=%d"
                        .formatted(policy.name(), policy.quota(), policy.window().toSeconds()));
        headers.set(
                "RateLimit",
                "\"%s\";r=%d;t=%d"
                        .formatted(
                                policy.name(), quota.remaining(), quota.untilFull().toSeconds()));
        if (!quota.allowed()) {
            throw new ProblemException(
                            ProblemType.QUOTA_EXCEEDED,
                            "more than %d submissions in %d seconds"
                                    .formatted(policy.quota(), policy.window().toSeconds()))
                    .with("violated-policies", java.util.List.of(policy.name()))
                    .headers(headers)
                    .retryAfter(quota.untilNext());
        }
        return headers;
    }
}
