/** Durations as Go writes them: `2s`, `1m30s`, `500ms`, `0`. */

const unitMs = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const part = String.raw`(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)`;
const whole = new RegExp(`^[+-]?(?:0|(?:${part})+)$`);

/** In milliseconds, or nothing where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  let sum = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    sum += Number(number) * (unitMs.get(unit) ?? 0);
  }
  return text.startsWith('-') ? -sum : sum;
}
