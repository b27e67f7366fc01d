/** What checks came to: counted, with what failed told again at the end, where whoever looks at a long log looks first. */
import { relative } from 'node:path';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a test ended. Goes from one process to another as it is. */
export interface Outcome {
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly name: string;
  readonly file: string;
  /** Why it failed or was skipped. */
  readonly cause?: string;
}

/** How long a file, or a package whose files share a process, took. */
interface Duration {
  readonly file: string;
  readonly seconds: number;
}

const LONGEST_SHOWN = 20;

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    NOTHING,
  );

export class Report {
  readonly #failures: string[] = [];
  readonly #durations: Duration[] = [];

  /** Prints what is worth a line at once. */
  take({ kind, name, file, cause = '' }: Outcome): Tally {
    if (kind === 'skipped') console.log(`  skipped: ${name}: ${cause} (${file})`);
    if (kind === 'failed') {
      this.#failures.push(`${name} (${file})`);
      console.log(`\n✖ ${name}\n  ${file}\n${cause}\n`);
    }
    return { ...NOTHING, [kind]: 1 };
  }

  lasted(file: string, durationMs: number): void {
    this.#durations.push({ file: relative(process.cwd(), file), seconds: durationMs / 1000 });
  }

  print(): void {
    this.#durations.sort((a, b) => b.seconds - a.seconds);
    console.log('\nthe longest files:');
    for (const { file, seconds } of this.#durations.slice(0, LONGEST_SHOWN)) {
      console.log(`  ${seconds.toFixed(0).padStart(4)} s  ${file}`);
    }
    for (const failure of this.#failures) console.log(`✖ ${failure}`);
  }
}
