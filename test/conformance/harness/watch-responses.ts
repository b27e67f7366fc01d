/**
 * What tests expect of watch responses, in short: notices without events, refusals, events as a line of text.
 */
import assert from 'node:assert/strict';
import type { WatchEvent, WatchResponse } from './messages.ts';

type Notice = Omit<WatchResponse, 'header'>;

/** A response without events, all of whose fields are empty but the ones given. */
export const notice = (fields: Partial<Notice> & { readonly watch_id: string }): Notice => ({
  created: false,
  canceled: false,
  compact_revision: '0',
  cancel_reason: '',
  fragment: false,
  events: [],
  ...fields,
});

/** Asserts that a watcher was not created, and that the stream was told why. */
export function assertRefused(response: WatchResponse, cancel_reason: string): void {
  const { header, ...rest } = response;
  assert.notEqual(header?.revision, '0');
  assert.deepEqual(rest, notice({ watch_id: '-1', created: true, canceled: true, cancel_reason }));
}

/** `+a1@2` is a put of 1 to a, `-a@3` a deletion; after the @ the revision, counted from `base`. */
export function script(events: readonly WatchEvent[], base: number): string {
  return events
    .map(({ type, kv }) => {
      const name = kv?.key.toString('latin1').replace(/^[^/]*\//, '') ?? '';
      const at = Number(kv?.mod_revision) - base;
      const value = kv?.value.toString('latin1') ?? '';
      return type === 'PUT' ? `+${name}${value}@${at}` : `-${name}@${at}`;
    })
    .join(' ');
}
