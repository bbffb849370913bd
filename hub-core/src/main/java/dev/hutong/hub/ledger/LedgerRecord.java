package dev.hutong.hub.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hutong.hub.resolve.CodeOutcome;
import dev.hutong.hub.resolve.Decision;
import dev.hutong.hub.resolve.Step;
import dev.hutong.mapping.Statement;
import dev.hutong.mapping.policy.Demand;
import dev.hutong.mapping.policy.Verdict;
import dev.hutong.registry.jose.PublicJwk;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that the ledger keeps. Each kind writes itself as one JSON object whose first member is its {@code kind}. */
sealed interface LedgerRecord {
    /** What a record of a decision is called. */
    String DECISION = "decision";
    /** What a record of an appeal is called. */
    String APPEAL = "appeal";

    /** A ULID. */
    String id();

    /** When it happened, to the millisecond. */
    Instant at();

    String kind();

    /** Whom it concerns, for listing; empty where it is not listed by that. */
    default String subject() {
        return "";
    }

    /** Writes the members behind {@code kind}, {@code id} and {@code at}. */
    void writeMembers(JsonGenerator json, Pseudonyms pseudonyms) throws IOException;

    /** Whether it is found by its own id only, and not listed. */
    default boolean isDecision() {
        return false;
    }

    /**
     * A decision that a verifier is about to be told.
     *
     * @param verifier the client that asked
     */
    record Decided(Decision decision, String verifier) implements LedgerRecord {
        @Override
        public String id() {
            return decision.id();
        }

        @Override
        public Instant at() {
            return decision.decidedAt();
        }

        @Override
        public String kind() {
            return DECISION;
        }

        @Override
        public boolean isDecision() {
            return true;
        }

        @Override
        public void writeMembers(JsonGenerator json, Pseudonyms pseudonyms) throws IOException {
            Verdict verdict = decision.verdict();
            json.writeStringField("verifier", verifier);
            json.writeStringField("risk", verdict.risk().name());
            text(json, "reason", verdict.reason());
            // What is no region may be anything that somebody typed, a name for one: it has no policy, and is not kept.
            text(json, "destination", decision.policy() == null ? null : decision.destination());
            text(json, "policy", decision.policy());
            json.writeArrayFieldStart("unmet");
            for (Demand demand : verdict.unmet()) {
                json.writeString(demand.id());
            }
            json.writeEndArray();
            json.writeBooleanField("contradictory", !verdict.contradictions().isEmpty());
            json.writeObjectFieldStart("checkpoint");
            json.writeNumberField("size", decision.checkpoint().size());
            json.writeStringField("root", decision.checkpoint().root().toBase64());
            json.writeEndObject();
            json.writeArrayFieldStart("codes");
            for (CodeOutcome code : decision.codes()) {
                json.writeStartObject();
                text(json, "format", code.format());
                text(json, "rules", code.rules());
                text(json, "issuer", code.issuer());
                text(json, "reason", code.reason());
                way(json, code);
                text(json, "holder", code.holder() == null ? null : pseudonyms.of(code.holder(), at()));
                json.writeEndObject();
            }
            json.writeEndArray();
            appeal(json);
        }

        /** From which {@link DerivedTrace} tells the steps again. */
        private static void way(JsonGenerator json, CodeOutcome code) throws IOException {
            json.writeArrayFieldStart("steps");
            for (Step step : code.steps()) {
                json.writeString(step.word());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("statements");
            for (Statement statement : code.statements()) {
                json.writeStartObject();
                json.writeStringField("rule", statement.rule());
                text(json, "reason", statement.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void appeal(JsonGenerator json) throws IOException {
            if (decision.words().appeal() == null) {
                json.writeNullField("contestable");
                return;
            }
            json.writeObjectFieldStart("contestable");
            text(json, "issuer", decision.words().appeal().issuer());
            text(json, "region", decision.words().appeal().region());
            json.writeEndObject();
        }
    }

    /**
     * The beginning of a node's chain, or of another hub's work on it: by which key its blocks are verified.
     *
     * @param hub the hub's name
     */
    record Opened(String id, Instant at, String hub, PublicJwk key) implements LedgerRecord {
        @Override
        public String kind() {
            return "opened";
        }

        @Override
        public void writeMembers(JsonGenerator json, Pseudonyms pseudonyms) throws IOException {
            json.writeStringField("hub", hub);
            json.writeFieldName("key");
            json.writeRawValue(key.toJson().toString());
        }
    }

    /** The store took nothing for a while, and takes records again: what was asked meanwhile was refused. */
    record Resumed(String id, Instant at, Instant since) implements LedgerRecord {
        @Override
        public String kind() {
            return "resumed";
        }

        @Override
        public void writeMembers(JsonGenerator json, Pseudonyms pseudonyms) throws IOException {
            json.writeStringField("since", since.toString());
        }
    }

    /**
     * A period's key was destroyed: its pseudonyms can be made by nobody any more.
     *
     * @param destroyedAt when
     * @param fingerprint SHA-256 of the key, in lower-case hexadecimal
     * @param by what asked for it
     */
    record Forgotten(String id, Instant at, String period, Instant destroyedAt, String fingerprint, String by)
            implements LedgerRecord {
        @Override
        public String kind() {
            return "forgotten";
        }

        @Override
        public String subject() {
            return period;
        }

        @Override
        public void writeMembers(JsonGenerator json, Pseudonyms pseudonyms) throws IOException {
            json.writeStringField("period", period);
            json.writeStringField("destroyedAt", destroyedAt.toString());
            json.writeStringField("fingerprint", fingerprint);
            json.writeStringField("by", by);
        }
    }

    /**
     * Somebody holds a decision for wrong.
     *
     * @param by the client that says so
     * @param decision which
     * @param issuer who asserted what decided it, and alone can take it back
     * @param region whose assertion it is, or null
     * @param destination the decision's, or null
     * @param ground why, one of a few
     */
    record Appealed(
            String id,
            Instant at,
            String by,
            String decision,
            String issuer,
            @Nullable String region,
            @Nullable String destination,
            AppealGround ground)
            implements LedgerRecord {
        @Override
        public String kind() {
            return APPEAL;
        }

        @Override
        public String subject() {
            return issuer;
        }

        @Override
        public void writeMembers(JsonGenerator json, Pseudonyms pseudonyms) throws IOException {
            json.writeStringField("verifier", by);
            json.writeStringField("decision", decision);
            json.writeStringField("issuer", issuer);
            text(json, "region", region);
            text(json, "destination", destination);
            json.writeStringField("ground", ground.name());
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value.toString());
        }
    }
}
