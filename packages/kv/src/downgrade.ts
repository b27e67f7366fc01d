/** The downgrade that was asked for, if any: replicated, persisted, at most one. */
import { DowngradeInfo, encode } from '@concord/protocol';
import type { Rows } from './rows.ts';

const DOWNGRADE = 'downgrade';

export class Downgrade {
  readonly #rows: Rows;
  #targetVersion: string | undefined;

  constructor(rows: Rows) {
    this.#rows = rows;
    const row = rows.get('meta', DOWNGRADE);
    this.#targetVersion = row === undefined ? undefined : DowngradeInfo.decode(row).targetVersion;
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
