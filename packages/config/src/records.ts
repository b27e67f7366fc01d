/**
 * `@concord/config/records`: what lies in the cluster, for programs that read and show it beside the SDK, such as the
 * gateway. Keys and codecs; nothing here asks anybody.
 */
export {
  acknowledgementKey,
  acknowledgementsPrefix,
  draftKey,
  draftsPrefix,
  historyKey,
  historyPrefix,
  itemAddress,
  itemKey,
  itemName,
  itemsPrefix,
  PATH_BYTES_MAX,
  schemasPrefix,
  type ItemAddress,
} from './item/address.ts';
export {
  FORMATS,
  formatOfPath,
  parseContent,
  serialize,
  type Format,
  type Parsed,
} from './item/format.ts';
export { issuesText, type Issue } from './item/issue.ts';
export {
  convergenceOf,
  decodeAcknowledgement,
  type Acknowledgement,
  type StoredAcknowledgement,
} from './feedback/convergence.ts';
export {
  decodeDeclaration,
  schemaKey,
  schemaOwner,
  UNVERSIONED,
  type DeclaredSchema,
} from './feedback/declared-schema.ts';
export { storedAcknowledgements } from './feedback/stored.ts';
export { EXPORT_KIND, releaseBytes, releaseParts } from './release/export.ts';
export { decodeDraft, type DraftRecord } from './release/draft.ts';
export { GRAY_TRACKS_MAX } from './release/next-record.ts';
export {
  decodeHistoryEntry,
  decodeRecord,
  type Content,
  type GrayTrack,
  type HistoryEntry,
  type ItemRecord,
} from './release/record.ts';
export { RELEASE_BYTES_MAX, RELEASE_ITEMS_MAX } from './release/store.ts';
export {
  BASE_TRACK,
  chooseTrack,
  judgeTrack,
  NO_TRACK,
  PLAIN_TRACK,
  type GrayOptions,
  type Identity,
  type TrackJudgement,
} from './release/track.ts';
export { KeyRing, type KeyRingOptions, type Unsealed } from './secret/key-ring.ts';
export { REDACTED } from './secret/redact.ts';
export { isSealed, type Sealed } from './secret/sealed.ts';
export { changesBetween, type ValueChange } from './value/changes.ts';
export { lineDiff } from './value/line-diff.ts';
