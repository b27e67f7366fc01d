/** What was stored of the items of a live value at one revision. */

export interface StoredText {
  readonly text: string;
  /** The revision of the last change. */
  readonly revision: number;
}

export interface StoredItem {
  /** Under the item's key. */
  readonly item?: StoredText;
  /** Under the plain key. */
  readonly plain?: StoredText;
  /** Under the key of the item that it inherits from. */
  readonly inherited?: StoredText;
}

/** `none`: the cluster has not been seen, and nothing was kept of it. */
export type CutSource = 'live' | 'snapshot' | 'capsule' | 'none';

/** The keys that an item is read from. */
export const STORED_PARTS = ['item', 'plain', 'inherited'] as const satisfies (keyof StoredItem)[];
export type StoredPart = (typeof STORED_PARTS)[number];

export interface Cut {
  /** In the order of the items. */
  readonly states: readonly StoredItem[];
  /** All states are as of this one. */
  readonly revision: number;
  readonly source: CutSource;
  /** When this was known to be the newest, in milliseconds since 1970: for cuts off a disk. */
  readonly at: number;
}

/** Whether both hold the same, so that there is nothing new to look at. */
export function isSameContent(one: Cut, other: Cut): boolean {
  return one.states.every((state, index) => {
    const counterpart = other.states[index]!;
    return STORED_PARTS.every((part) => isSame(state[part], counterpart[part]));
  });
}

const isSame = (one: StoredText | undefined, other: StoredText | undefined): boolean =>
  one?.revision === other?.revision && one?.text === other?.text;
