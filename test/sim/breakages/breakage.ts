/**
 * A breakage: a mistake that others have made, or that would be easy to make, as a change of the sources by search and
 * replacement, and what has to notice it.
 */
import { readFileSync } from 'node:fs';

/** The environment variable that names the one to plant. */
export const BREAKAGE = 'CONCORD_BREAKAGE';

const ROOT = new URL('../../../', import.meta.url);

export interface Edit {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Occurs there exactly once: a source that has moved on makes the breakage fail, not pass. */
  readonly find: string;
  readonly replace: string;
}

/** A test that must fail: one of `file` whose name holds `named`. */
export interface TestProof {
  readonly file: string;
  readonly named: string;
}

/** Some world from seed 1 on must break a promise. */
export interface WorldsProof {
  readonly seedsMax: number;
}

export type Proof = TestProof | WorldsProof;

export interface Breakage {
  /** Of the bug bank; none for those that are not from there. */
  readonly row?: number;
  /** What the broken sources do; names the breakage. */
  readonly broken: string;
  readonly edits: readonly Edit[];
  /** Each has to notice it by itself. */
  readonly proofs: readonly Proof[];
}

/** Most breakages are found far earlier; this many take half a minute. */
const SEEDS_MAX = 400;

export const worlds = (seedsMax = SEEDS_MAX): WorldsProof => ({ seedsMax });
export const test = (file: string, named: string): TestProof => ({ file, named });

/** Where a file of an edit is. */
export const urlOf = ({ file }: Edit): string => new URL(file, ROOT).href;

/**
 * The source with the edits to its file made.
 *
 * @throws Error where a text is not there, or not once
 */
export function breakSource(source: string, edits: readonly Edit[]): string {
  let broken = source;
  for (const { file, find, replace } of edits) {
    const count = broken.split(find).length - 1;
    if (count !== 1) throw new Error(`${file} holds this ${count} times, not once:\n${find}`);
    broken = broken.replace(find, () => replace);
  }
  return broken;
}

/** @throws Error where the sources have moved on from under a breakage */
export function checkEdits({ edits, broken }: Breakage): void {
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const ofFile = edits.filter((edit) => edit.file === file);
    try {
      breakSource(readFileSync(new URL(file, ROOT), 'utf8'), ofFile);
    } catch (cause) {
      throw new Error(`"${broken}" does not fit the sources any more`, { cause });
    }
  }
}
