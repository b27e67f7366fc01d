/** The formats in the language that is spoken. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCompact, formatNumber, formatShare } from './numbers.ts';
import { formatClock, formatDuration, formatMoment } from './times.ts';

export interface Formats {
  readonly number: (value: number) => string;
  readonly compact: (value: number) => string;
  readonly share: (value: number) => string;
  readonly bytes: (value: number) => string;
  readonly duration: (ms: number) => string;
  /** Milliseconds since 1970, or an ISO 8601 text. */
  readonly moment: (at: number | string) => string;
  readonly clock: (at: number | string) => string;
}

export const millisecondsOf = (at: number | string): number =>
  typeof at === 'number' ? at : Date.parse(at);

export function useFormat(): Formats {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(
    () => ({
      number: (value) => formatNumber(value, language),
      compact: (value) => formatCompact(value, language),
      share: (value) => formatShare(value, language),
      bytes: (value) => formatBytes(value, language),
      duration: formatDuration,
      moment: (at) => formatMoment(millisecondsOf(at), language),
      clock: (at) => formatClock(millisecondsOf(at), language),
    }),
    [language],
  );
}
