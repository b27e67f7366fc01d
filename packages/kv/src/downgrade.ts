/** The downgrade that was asked for, if any: replicated, persisted, at most one. */
import { DowngradeInfo, encode } from '@concord/protocol';
import type { Rows } from './rows.ts';

const DOWNGRADE = 'downgrade';

/** The version that the cluster of these rows is taken down to, `X.Y.0`. */
export function readDowngradeTarget(rows: Pick<Rows, 'get'>): string | undefined {
  const row = rows.get('meta', DOWNGRADE);
  return row === undefined ? undefined : DowngradeInfo.decode(row).targetVersion;
}

export class Downgrade {
  readonly #rows: Rows;
  #targetVersion: string | undefined;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.#targetVersion = readDowngradeTarget(rows);
  }

  /** `X.Y.0`; undefined while there is none under way. */
  get targetVersion(): string | undefined {
    return this.#targetVersion;
  }

  begin(targetVersion: string): void {
    this.#targetVersion = targetVersion;
    const info = DowngradeInfo.create({ enabled: true, targetVersion });
    this.#rows.set('meta', DOWNGRADE, encode(DowngradeInfo, info));
  }

  cancel(): void {
    this.#targetVersion = undefined;
    this.#rows.set('meta', DOWNGRADE, null);
  }
}
