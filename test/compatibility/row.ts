/** One piece of etcd's surface: what Concord does with it, and the tests that show it. */

/** What Concord does, in the words of the page. */
export const STANDS = {
  same: 'same',
  more: 'same, and more',
  differs: 'differs',
  idle: 'accepted, no effect',
  absent: 'not there',
} as const;

export type Stand = keyof typeof STANDS;

export interface Proof {
  /** A path from the root of the repository. */
  readonly file: string;
  /** As the test runner prints it, or as `titlesOf` reads it, with `…` for what comes from a table. */
  readonly title: string;
}

export interface Row {
  readonly name: string;
  readonly stand: Stand;
  /** What is more, what differs, or why it is not there; empty where all is the same. */
  readonly note: string;
  readonly proofs: readonly Proof[];
}

/** Rows of one kind, under a heading. */
export interface Section {
  readonly title: string;
  readonly text: string;
  /** What heads the first column. */
  readonly column: string;
  readonly rows: readonly Row[];
}

export const same = (name: string, ...proofs: readonly Proof[]): Row => ({
  name,
  stand: 'same',
  note: '',
  proofs,
});

export const more = (name: string, note: string, ...proofs: readonly Proof[]): Row => ({
  name,
  stand: 'more',
  note,
  proofs,
});

export const differs = (name: string, note: string, ...proofs: readonly Proof[]): Row => ({
  name,
  stand: 'differs',
  note,
  proofs,
});

export const idle = (name: string, note: string, ...proofs: readonly Proof[]): Row => ({
  name,
  stand: 'idle',
  note,
  proofs,
});

export const absent = (name: string, note: string, ...proofs: readonly Proof[]): Row => ({
  name,
  stand: 'absent',
  note,
  proofs,
});

/** Tests of the files of one folder: `shownIn('test/conformance')('put', 'refuses …')`. */
export const shownIn =
  (folder: string) =>
  (file: string, title: string): Proof => ({ file: `${folder}/${file}.test.ts`, title });

export const conformance = shownIn('test/conformance');
export const server = shownIn('apps/server/src');
export const cluster = shownIn('test/cluster');
