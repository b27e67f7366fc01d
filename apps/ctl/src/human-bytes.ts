/** A number of bytes as etcd's tools show it to people: two digits and an SI unit, `25 kB`, `2.1 GB`. */
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const base = 1000;

export function humanBytes(bytes: number): string {
  if (bytes < 10) return `${bytes} B`;
  const exponent = Math.min(Math.floor(Math.log(bytes) / Math.log(base)), units.length - 1);
  const value = Math.floor((bytes / base ** exponent) * 10 + 0.5) / 10;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[exponent]}`;
}
