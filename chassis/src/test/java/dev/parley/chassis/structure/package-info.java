/**
 * What the build proves about every module's structure. {@link dev.parley.chassis.StructureRules}
 * and {@link dev.parley.chassis.ContractRules} make tests of it.
 */
package dev.parley.chassis.structure;
