/** Numbers as people read them. */

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) formats.set(key, (format = new Intl.NumberFormat(language, options)));
  return format;
}

/** `12,345`; fractions have two digits at most. */
export const formatNumber = (value: number, language: string): string =>
  numberFormat(language, { maximumFractionDigits: 2 }).format(value);

/** `12.3k`: for charts and tiles. */
export const formatCompact = (value: number, language: string): string =>
  numberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0,
  }).format(value);

/** `41.7%` of a share between 0 and 1. */
export const formatShare = (share: number, language: string): string =>
  numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `3.4 MiB`. */
export function formatBytes(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${numberFormat(language, { maximumFractionDigits: digits }).format(value)} ${BYTE_UNITS[unit] ?? ''}`;
}
