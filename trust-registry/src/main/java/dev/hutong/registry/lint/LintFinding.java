package dev.hutong.registry.lint;

/**
 * One thing to look after.
 *
 * @param subject an issuer's id, with a key's after a space where it is about a key; or the registry
 * @param detail what was found, in one sentence
 * @param remedy what to do, in one sentence
 */
public record LintFinding(LintKind kind, String subject, String detail, String remedy) {}
