/** Drafts: what somebody works on, apart from what is live. The same that the console shows and releases. */
import { compare, missing, op, type CallOptions, type Client } from '@concord/client';
import {
  draftKey,
  itemName,
  type Content,
  type DraftRecord,
  type Format,
  type KeyRing,
} from '@concord/config/records';
import { CommandError } from '../../command-error.ts';
import type { StandingItem } from './items.ts';

/** What fits into a release, which holds a content twice. */
const CONTENT_BYTES_MAX = 700 * 1024;

export interface NewDraft {
  readonly content: string;
  readonly format: Format;
  readonly isSecret: boolean;
  readonly comment?: string | undefined;
  readonly by: string;
}

/**
 * Begins a draft, or goes on with it: its base stays.
 *
 * @throws CommandError when it was changed meanwhile, and where there is no key to seal it with
 */
export async function writeDraft(
  client: Client,
  standing: StandingItem,
  next: NewDraft,
  keys: KeyRing | undefined,
  call: CallOptions,
): Promise<DraftRecord> {
  const { address, record, draft } = standing;
  const isSecret = next.isSecret || standing.isSecret;
  const written: DraftRecord = {
    content: contentOf(standing, next.content, isSecret, keys),
    format: next.format,
    ...(isSecret && { secret: true }),
    base: draft?.record.base ?? record?.release ?? 0,
    by: next.by,
    at: new Date().toISOString(),
    ...(next.comment !== undefined && { comment: next.comment }),
  };
  const key = draftKey(address);
  const { succeeded } = await client.kv
    .txn()
    .if(draft === undefined ? missing(key) : compare(key).modRevision('=', draft.modRevision))
    .then(op.put(key, JSON.stringify(written)))
    .commit(call);
  if (succeeded) return written;
  throw new CommandError(
    `the draft of ${itemName(address)} was changed meanwhile: look at it and try again`,
  );
}

/** Takes a draft away unless it was changed meanwhile: what was released of it is not to be worked on any more. */
export async function dropDraft(client: Client, { address, draft }: StandingItem): Promise<void> {
  if (draft === undefined) return;
  const key = draftKey(address);
  await client.kv
    .txn()
    .if(compare(key).modRevision('=', draft.modRevision))
    .then(op.delete(key))
    .commit({ repeatable: true });
}

function contentOf(
  { address }: StandingItem,
  text: string,
  isSecret: boolean,
  keys: KeyRing | undefined,
): Content {
  const bytes = Buffer.byteLength(text);
  if (bytes > CONTENT_BYTES_MAX) {
    throw new CommandError(
      `the content has ${bytes} bytes, and ${CONTENT_BYTES_MAX} are the most that a release can hold`,
    );
  }
  if (!isSecret) return text;
  if (keys !== undefined) return keys.seal(text, `${address.namespace}/${address.path}`);
  throw new CommandError(
    `${itemName(address)} is secret, and there is no key to seal it with: give the file of keys with --config-keys`,
  );
}
