/**
 * The editing of one key, as a union of states: a save is a compare-and-swap on the revision that was read, and where
 * somebody was faster both sides are shown.
 *
 * Invariant: nothing is written over that its editor has not seen: a save names the revision of the value on the screen.
 */

/** A value as it was read; revision 0: there was none. */
export interface Seen {
  readonly value: string;
  readonly revision: number;
}

export type KeyEdit =
  | { readonly state: 'reading' }
  | { readonly state: 'editing'; readonly base: Seen; readonly draft: string }
  | { readonly state: 'saving'; readonly base: Seen; readonly draft: string }
  | {
      readonly state: 'conflict';
      readonly base: Seen;
      readonly draft: string;
      readonly theirs: Seen;
    };

export type KeyEditEvent =
  | { readonly type: 'edit'; readonly seen: Seen }
  | { readonly type: 'typed'; readonly draft: string }
  | { readonly type: 'save' }
  | { readonly type: 'saved' }
  | { readonly type: 'moved'; readonly theirs: Seen }
  | { readonly type: 'failed' }
  | { readonly type: 'keep-mine' }
  | { readonly type: 'take-theirs' }
  | { readonly type: 'cancel' };

/** The next state; an event that has no place in a state changes nothing. */
export function nextKeyEdit(edit: KeyEdit, event: KeyEditEvent): KeyEdit {
  if (event.type === 'cancel') return edit.state === 'saving' ? edit : { state: 'reading' };
  switch (edit.state) {
    case 'reading':
      return event.type === 'edit'
        ? { state: 'editing', base: event.seen, draft: event.seen.value }
        : edit;
    case 'editing':
      if (event.type === 'typed') return { ...edit, draft: event.draft };
      if (event.type === 'save') return { ...edit, state: 'saving' };
      return edit;
    case 'saving':
      if (event.type === 'saved') return { state: 'reading' };
      if (event.type === 'failed') return { ...edit, state: 'editing' };
      if (event.type === 'moved') return { ...edit, state: 'conflict', theirs: event.theirs };
      return edit;
    case 'conflict':
      // Their value has been shown by now: it is the base of what comes next.
      if (event.type === 'typed') return { ...edit, draft: event.draft };
      if (event.type === 'keep-mine')
        return { state: 'editing', base: edit.theirs, draft: edit.draft };
      if (event.type === 'take-theirs')
        return { state: 'editing', base: edit.theirs, draft: edit.theirs.value };
      return edit;
  }
}

export const isChanged = (edit: KeyEdit): boolean =>
  edit.state !== 'reading' && edit.draft !== edit.base.value;
