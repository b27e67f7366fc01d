/**
 * `@concord/registry/records`: what the registry keeps in the cluster, for programs that read and write it by
 * themselves, such as a gateway. Everybody else registers and discovers.
 */
export {
  RECORD_BYTES_MAX,
  TTL_MS_DEFAULT,
  decodeInstance,
  decodeOverride,
  encodeRecord,
  type Decoded,
  type EntryValue,
  type InstanceRecord,
} from './instance-record.ts';
export { LABELS_MAX, parseSelector } from './labels.ts';
export { isName } from './options.ts';
export { isInForce, withOverride } from './override.ts';
export { registryKeys } from './registry-keys.ts';
export { acknowledgedBy, type Acknowledged } from './registration/drain.ts';
export { decodeHoldDecision, encodeHoldDecision, type HoldDecision } from './view/hold-decision.ts';
