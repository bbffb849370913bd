/**
 * What does the running hub tell about itself? Metrics, traces, the id of each request, and whether it is ready. Nothing in here ever holds a
 * code, a name, a number or anything else of a holder's.
 */
@NullMarked
package dev.hutong.hub.telemetry;

import org.jspecify.annotations.NullMarked;
