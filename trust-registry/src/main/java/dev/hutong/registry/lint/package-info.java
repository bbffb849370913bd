/**
 * What an operator should look after before it becomes an incident: keys that end without a successor, that bind nobody in time, that nobody
 * uses. Peers published hundreds of expired keys because nothing looked; here something always does.
 */
@NullMarked
package dev.hutong.registry.lint;

import org.jspecify.annotations.NullMarked;
