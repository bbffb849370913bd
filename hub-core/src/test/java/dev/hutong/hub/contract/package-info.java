/**
 * Does a contract keep what the last released one promised? Two OpenAPI 3.1 documents are compared: what a client may send must be taken on,
 * and what it may be answered must be no more than it was told to expect.
 */
@org.jspecify.annotations.NullMarked
package dev.hutong.hub.contract;
