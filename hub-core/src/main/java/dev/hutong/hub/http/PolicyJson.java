package dev.hutong.hub.http;

import dev.hutong.mapping.Bilingual;
import dev.hutong.mapping.policy.ClearingRange;
import dev.hutong.mapping.policy.Demand;
import dev.hutong.mapping.policy.Policies;
import dev.hutong.mapping.policy.Policy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes destination policies as JSON: the shape that {@code openapi.yaml} calls {@code Policies}. */
final class PolicyJson {
    private PolicyJson() {}

    static JsonObject write(Policies policies) {
        JsonArray list = new JsonArray();
        policies.all().forEach(policy -> list.add(write(policy)));
        return new JsonObject().put("policies", list);
    }

    private static JsonObject write(Policy policy) {
        JsonArray destinations = new JsonArray();
        policy.destinations().forEach(region -> destinations.add(region.value()));
        JsonArray demands = new JsonArray();
        policy.demands().forEach(demand -> demands.add(write(demand)));
        return new JsonObject()
                .put("policy", policy.name())
                .put("version", policy.version())
                .put("title", write(policy.title()))
                .put("destinations", destinations)
                .put("clearedBy", policy.clearedBy().map(PolicyJson::write).orElse(null))
                .put("demands", demands);
    }

    private static JsonObject write(ClearingRange range) {
        return new JsonObject().put("from", range.from()).put("to", range.to());
    }

    private static JsonObject write(Demand demand) {
        return new JsonObject()
                .put("id", demand.id())
                .put("kind", demand.requirement().kind())
                .put("text", write(demand.text()))
                .put("remedy", write(demand.remedy()));
    }

    private static JsonObject write(Bilingual text) {
        return new JsonObject().put("zh-CN", text.chinese()).put("en", text.english());
    }
}
