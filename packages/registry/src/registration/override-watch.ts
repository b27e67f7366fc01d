/** What an operator has decided about one instance, followed as it begins, changes and runs out. */
import { DURATION_MS_MAX, type Client, type Mirror } from '@concord/client';
import { decodeOverride } from '../instance-record.ts';
import type { Override } from '../instance.ts';
import { isInForce } from '../override.ts';

export interface OverrideWatchOptions {
  readonly client: Client;
  /** The key that operators write. */
  readonly key: string;
  /** The present life of the instance: overrides may be of one alone. */
  readonly incarnation: () => string;
  /** Another decision is in force than before. */
  readonly onChange: (next: Override | undefined, previous: Override | undefined) => void;
}

export class OverrideWatch implements AsyncDisposable {
  readonly #options: OverrideWatchOptions;
  readonly #mirror: Mirror;
  #inForce: Override | undefined;
  #end: NodeJS.Timeout | undefined;

  constructor(options: OverrideWatchOptions) {
    this.#options = options;
    this.#mirror = options.client.mirror(options.key);
    this.#mirror.onBatch(() => this.look());
  }

  /** The decision that is in force. */
  get inForce(): Override | undefined {
    return this.#inForce;
  }

  /** Judges anew: after another life of the instance has begun. */
  look(): void {
    const { key, incarnation, onChange } = this.#options;
    const entry = this.#mirror.entries.get(key);
    const decoded = entry === undefined ? undefined : decodeOverride(entry.text);
    const override = decoded?.ok === true ? decoded.value : undefined;
    clearTimeout(this.#end);
    const endsInMs = (override?.until ?? 0) - Date.now();
    if (endsInMs > 0) {
      const delayMs = Math.min(endsInMs, DURATION_MS_MAX);
      this.#end = setTimeout(() => this.look(), delayMs).unref();
    }
    const isOn = override !== undefined && isInForce(override, incarnation(), Date.now());
    const next = isOn ? override : undefined;
    const previous = this.#inForce;
    if (JSON.stringify(next) === JSON.stringify(previous)) return;
    this.#inForce = next;
    onChange(next, previous);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#end);
    await this.#mirror[Symbol.asyncDispose]();
  }
}
