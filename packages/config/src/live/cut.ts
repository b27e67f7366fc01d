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
}

/** `none`: the cluster has not been seen, and nothing was kept of it. */
export type CutSource = 'live' | 'snapshot' | 'capsule' | 'none';

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
    return isSame(state.item, counterpart.item) && isSame(state.plain, counterpart.plain);
  });
}

const isSame = (one: StoredText | undefined, other: StoredText | undefined): boolean =>
  one?.revision === other?.revision && one?.text === other?.text;
