/**
 * Witnesses (C2SP tlog-witness): who countersigns the checkpoints of logs, and only such as continue what they countersigned before, so
 * that a log cannot show different histories to different people. {@link dev.hutong.registry.witness.Witness} decides,
 * {@link dev.hutong.registry.witness.WitnessRecords} remembers through every crash, {@link dev.hutong.registry.witness.WitnessServer}
 * serves it; {@link dev.hutong.registry.witness.WitnessClient} is the log's side.
 */
@NullMarked
package dev.hutong.registry.witness;

import org.jspecify.annotations.NullMarked;
