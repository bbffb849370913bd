/**
 * Who asked what was decided, when, by which rules, and can that be shown later? The audit ledger: every decision is durable before its
 * answer leaves. Event loops hand records over; one thread makes blocks of them (group commit), each chained to the one before by its
 * hash, with the Merkle root of its records, and signed by the hub. A record holds keyed pseudonyms, and never a name, a number, a phone
 * or a code; what a pseudonym stands for is forgotten by destroying the key of its period. docs/audit.md gives the format for whoever
 * verifies it with a program of his own.
 */
@NullMarked
package dev.hutong.hub.ledger;

import org.jspecify.annotations.NullMarked;
