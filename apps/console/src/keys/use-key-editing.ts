/** The editing of one key on its page: `KeyEdit` with the requests that move it from state to state. */
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestProblem } from '../api/problem.ts';
import { nextKeyEdit, type KeyEdit, type KeyEditEvent, type Seen } from './key-edit.ts';
import { readEntry, writeKey, type Entry } from './key-requests.ts';
import { readValue, spell, spellingOf, type Spelling } from './value-spelling.ts';
import { bytesOf, type WireBytes } from './wire-bytes.ts';

export interface KeyEditing {
  readonly edit: KeyEdit;
  readonly send: (event: KeyEditEvent) => void;
  readonly spelling: Spelling;
  /** Begins anew with what was opened, in another spelling. */
  readonly spellAs: (spelling: Spelling) => void;
  readonly lease: string;
  readonly setLease: (lease: string) => void;
  /** Why the last save failed. */
  readonly failure: unknown;
  readonly save: () => Promise<void>;
}

const bytesOfValue = ({ value }: Entry): Uint8Array => bytesOf(value ?? { text: '' });

const seenOf = (entry: Entry, as: Spelling): Seen => ({
  value: spell(bytesOfValue(entry), as),
  revision: entry.modRevision,
});

/** @param onDone - what was typed is saved */
export function useKeyEditing(wireKey: WireBytes, entry: Entry, onDone: () => void): KeyEditing {
  const { t } = useTranslation('keys');
  const queries = useQueryClient();
  const [spelling, setSpelling] = useState<Spelling>(() => spellingOf(bytesOfValue(entry)));
  const [edit, send] = useReducer(nextKeyEdit, entry, (opened): KeyEdit => {
    const base = seenOf(opened, spelling);
    return { state: 'editing', base, draft: base.value };
  });
  const [lease, setLease] = useState(entry.lease ?? '');
  const [failure, setFailure] = useState<unknown>();
  const save = async (): Promise<void> => {
    if (edit.state === 'reading') return;
    setFailure(undefined);
    try {
      const value = readValue(edit.draft, spelling);
      send({ type: 'save' });
      await writeKey(wireKey, value, { seenRevision: edit.base.revision, lease: lease.trim() });
      send({ type: 'saved' });
      notifications.show({ message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['keys'] });
      onDone();
    } catch (error) {
      const theirs = await theirsAfter(error, wireKey, spelling).catch((unread: unknown) => {
        setFailure(unread);
        return undefined;
      });
      if (theirs !== undefined) {
        send({ type: 'moved', theirs });
        return;
      }
      send({ type: 'failed' });
      setFailure((before: unknown) => before ?? error);
    }
  };
  const spellAs = (next: Spelling): void => {
    setSpelling(next);
    send({ type: 'cancel' });
    send({ type: 'edit', seen: seenOf(entry, next) });
  };
  return { edit, send, spelling, spellAs, lease, setLease, failure, save };
}

/**
 * What is there now, where a save failed because somebody was faster; `undefined` where it failed otherwise.
 *
 * @throws RequestProblem if it cannot be read
 */
async function theirsAfter(
  failure: unknown,
  wireKey: WireBytes,
  spelling: Spelling,
): Promise<Seen | undefined> {
  if (!isStatus(failure, 412)) return undefined;
  try {
    return seenOf(await readEntry(wireKey), spelling);
  } catch (unread) {
    // It was deleted meanwhile: to save is to make it anew, and the base is that there is none.
    if (isStatus(unread, 404)) return { value: '', revision: 0 };
    throw unread;
  }
}

const isStatus = (error: unknown, status: number): boolean =>
  error instanceof RequestProblem && error.status === status;
