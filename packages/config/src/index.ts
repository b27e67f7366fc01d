/** Configuration that reloads without a restart: see README.md. */
export { Configuration } from './configuration.ts';
export {
  defineConfig,
  type ConfigDefinition,
  type ConfigDefinitionOptions,
  type ConfigValue,
  type ItemOptions,
  type OnDelete,
} from './item/definition.ts';
export type {
  BundleOptions,
  ConfigurationOptions,
  GetOptions,
  WatchOptions,
  WatchPathOptions,
} from './options.ts';
export type { ReadOptions } from './item/item.ts';
export type { Format } from './item/format.ts';
export type { Issue } from './item/issue.ts';
export type { LiveValue, ConfigInfo, Explanation } from './live/live-value.ts';
export type { ConfigSelection, SelectionUpdate } from './live/selection.ts';
export type { ConfigSource, ConfigUpdate } from './live/update.ts';
export type { ApplyContext, ApplyHook } from './live/value-loop.ts';
export type { BundleMembers, BundleValue } from './live/bundle.ts';
export type { LayerName, Provenance } from './layers/layer.ts';
export type { LayerPlace } from './layers/resolve.ts';
export type { EnvironmentOptions } from './layers/environment.ts';
export type { AppliedEvent, ConfigEvents, RejectedEvent } from './events.ts';
export type { CacheOptions } from './disk/snapshot-store.ts';
export type { KeyRingOptions } from './secret/key-ring.ts';
export type { Sealed } from './secret/sealed.ts';
export type { Secrecy } from './secret/redact.ts';
export { chooseTrack, isOnTrack, type GrayOptions, type Identity } from './release/track.ts';
export type { Content, GrayTrack, HistoryEntry, ItemRecord } from './release/record.ts';
export type {
  ActOptions,
  BasedOptions,
  Release,
  ReleaseItem,
  ReleaseOptions,
  RollbackOptions,
  ValidationReport,
} from './release/releases.ts';
export type { ContentOptions } from './release/content.ts';
export type {
  DiffOptions,
  HistoryItem,
  HistoryOptions,
  ReleaseDiff,
  RevealOptions,
} from './release/archive.ts';
export type { RolloutOptions, RolloutOutcome, RolloutStep } from './release/rollout.ts';
export type { ValueChange } from './value/changes.ts';
export type {
  Acknowledgement,
  ClientConvergence,
  ClientState,
  Convergence,
} from './feedback/convergence.ts';
