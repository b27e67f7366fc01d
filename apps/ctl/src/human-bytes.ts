/** A number of bytes as etcd's tools show it to people: two digits and an SI unit, `25 kB`, `2.1 GB`. */
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const base = 1000;

export function humanBytes(bytes: number): string {
  if (bytes < 10) return `${bytes} B`;
  const exponent = Math.min(Math.floor(Math.log(bytes) / Math.log(base)), units.length - 1);
  const value = Math.floor((bytes / base ** exponent) * 10 + 0.5) / 10;
  return `${value < 10 ? value.toFixed(1) : roundHalfToEven(value)} ${units[exponent]}`;
}

/** As Go rounds when it prints: 20.5 is shown as 20, 21.5 as 22. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
