package dev.hutong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show alarms, operators, proposals that wait, and issuers with their keys; or one proposal.",
        footer = "Exit code: 0; 3 where a break-glass revocation is not confirmed; 5 where the hub cannot be reached.")
final class RegistryStatusCommand implements Callable<Integer> {
    private static final int CONFLICT = 409;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One proposal, whatever became of it.")
    private @Nullable String id;

    @Mixin
    private HubConnection hub = new HubConnection();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Console.of(spec).out();
        return id == null ? showAll(out) : show(id, out);
    }

    private int show(String wanted, PrintWriter out) throws InterruptedException {
        RegistryHub registry = new RegistryHub(hub);
        JsonNode proposal = registry.proposal(wanted);
        out.println("Proposal " + wanted + ", entry " + text(proposal, "entry") + ", " + text(proposal, "stage"));
        Shown.members(registry.document(proposal, wanted).content(), "  ", out);
        proposal.path("signers")
                .forEach(signer -> out.println("Signed by " + text(signer, "kid") + "  " + text(signer, "capacity")
                        + (signer.path("name").isTextual() ? "  " + text(signer, "name") : "")));
        proposal.path("approvals")
                .forEach(approval -> out.println("Approved by " + text(approval, "kid") + "  "
                        + text(approval, "operator") + "  at " + text(approval, "at")));
        out.println(registry.outlook(proposal));
        return printAlarms(List.of(proposal), out);
    }

    private int showAll(PrintWriter out) throws InterruptedException {
        List<JsonNode> proposals = array("/v1/registry/proposals", "proposals");
        int exitCode = printAlarms(proposals, out);
        printOperators(out);
        List<JsonNode> open = proposals.stream()
                .filter(proposal -> List.of("OPEN", "UNCONFIRMED")
                        .contains(proposal.path("stage").asText()))
                .toList();
        out.println(open.isEmpty() ? "No proposal waits." : "Proposals that wait:");
        open.forEach(proposal -> printOpen(proposal, out));
        List<JsonNode> issuers = array("/v1/issuers", "issuers");
        out.println(issuers.isEmpty() ? "No issuers." : "Issuers:");
        issuers.forEach(issuer -> printIssuer(issuer, out));
        List<JsonNode> clients = array("/v1/registry/clients", "clients");
        out.println(clients.isEmpty() ? "No clients." : "Clients:");
        clients.forEach(client -> printClient(client, out));
        return exitCode;
    }

    private static int printAlarms(List<JsonNode> proposals, PrintWriter out) {
        List<JsonNode> alarms = proposals.stream()
                .map(proposal -> proposal.path("alarm"))
                .filter(JsonNode::isTextual)
                .toList();
        alarms.forEach(alarm -> out.println("ALARM  " + Shown.line(alarm.textValue())));
        return alarms.isEmpty() ? ExitCodes.OK : ExitCodes.ALARM;
    }

    private void printOperators(PrintWriter out) throws InterruptedException {
        HubConnection.Answer answer = hub.get("/v1/registry/operators");
        if (answer.status() == CONFLICT) {
            out.println("A development registry: no operators, no proposals.");
            return;
        }
        JsonNode governance = answer.orFail().json();
        out.println("Registry " + text(governance, "origin"));
        out.println("  log key " + text(governance.path("logKey"), "vkey"));
        out.println("  a key is seen for " + text(governance.path("rules"), "visibleFor") + ", a proposal is open for "
                + text(governance.path("rules"), "openFor") + ", break-glass is confirmed within "
                + text(governance.path("rules"), "confirmWithin"));
        out.println("Operators:");
        governance
                .path("operators")
                .forEach(operator -> out.println("  " + text(operator, "kid") + "  " + text(operator, "name")
                        + "  since " + text(operator, "since")));
    }

    private static void printOpen(JsonNode proposal, PrintWriter out) {
        JsonNode action = proposal.path("action");
        String whom = Stream.of("issuer", "client")
                .filter(member -> action.path(member).isTextual())
                .map(member -> "  " + text(action, member))
                .collect(Collectors.joining());
        out.println("  " + text(proposal, "id") + "  " + text(action, "type") + whom + "  " + text(proposal, "stage")
                + "  missing approvals: " + text(proposal, "missingApprovals") + ", until " + text(proposal, "closes"));
    }

    private static void printIssuer(JsonNode issuer, PrintWriter out) {
        out.println("  " + text(issuer, "issuer") + "  " + text(issuer, "name") + "  " + text(issuer, "status"));
        issuer.path("keys")
                .forEach(key ->
                        out.printf("    %-5s  %s  %s%n", text(key, "alg"), text(key, "kid"), text(key, "state")));
        issuer.path("rules")
                .forEach(rules -> out.println("    rules  " + text(rules, "version") + "  from "
                        + text(rules, "validFrom")
                        + (rules.path("validTo").isTextual() ? " to " + text(rules, "validTo") : "")
                        + (rules.path("emergency").booleanValue() ? "  emergency" : "")
                        + "  " + text(rules, "digest")));
    }

    private static void printClient(JsonNode client, PrintWriter out) {
        out.println("  " + text(client, "client") + "  " + text(client, "name") + "  " + texts(client, "roles")
                + (client.path("regions").isEmpty() ? "" : "  in " + texts(client, "regions"))
                + (client.path("withdrawnAt").isTextual() ? "  withdrawn " + text(client, "withdrawnAt") : ""));
        client.path("keys")
                .forEach(key ->
                        out.printf("    %-5s  %s  since %s%n", text(key, "alg"), text(key, "kid"), text(key, "since")));
    }

    private static String texts(JsonNode object, String member) {
        return object.path(member)
                .valueStream()
                .map(one -> Shown.line(one.asText()))
                .collect(Collectors.joining(", "));
    }

    private List<JsonNode> array(String path, String member) throws InterruptedException {
        HubConnection.Answer answer = hub.get(path).orFail();
        JsonNode array = answer.json().path(member);
        if (!array.isArray()) {
            throw answer.notFromAHub();
        }
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String text(JsonNode object, String member) {
        return Shown.line(object.path(member).asText());
    }
}
