/** "3 minutes ago", which keeps being true, with the exact moment on hover. */
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatRelative } from './times.ts';
import { millisecondsOf } from './use-format.ts';
import { useNow } from './use-now.ts';

export function RelativeTime({ at }: { readonly at: number | string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  const atMs = millisecondsOf(at);
  if (Number.isNaN(atMs)) return <span>{at}</span>;
  // The clocks of two machines differ: what was just written is not in the future.
  const shownMs = atMs > now && atMs - now < 3_000 ? now : atMs;
  return (
    <Tooltip label={formatMoment(atMs, i18n.language)}>
      <time dateTime={new Date(atMs).toISOString()}>
        {formatRelative(shownMs, now, i18n.language)}
      </time>
    </Tooltip>
  );
}
