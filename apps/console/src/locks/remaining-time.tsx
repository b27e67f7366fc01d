/** What is left of a lease, counted down between two answers of the gateway. */
import { Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../format/times.ts';
import { remainingAt } from './remaining.ts';
import classes from './locks.module.css';

/** Often enough for tenths of a second not to jump. */
const TICK_MS = 200;
/** Below this share a lease that is kept alive would have been renewed. */
const OVERDUE_SHARE = 0.25;

export interface RemainingTimeProps {
  readonly remainingMs?: number | undefined;
  readonly ttlMs?: number | undefined;
}

export function RemainingTime({ remainingMs, ttlMs }: RemainingTimeProps) {
  const { t } = useTranslation('locks');
  const [now, setNow] = useState(() => performance.now());
  const [read, setRead] = useState({ remainingMs, atMs: now });
  if (read.remainingMs !== remainingMs) setRead({ remainingMs, atMs: performance.now() });
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (remainingMs === undefined || ttlMs === undefined || ttlMs === 0) {
    return (
      <Text span c="dimmed" fz="sm">
        {t('ended')}
      </Text>
    );
  }
  const left = remainingAt(remainingMs, read.atMs, now);
  const share = Math.min(1, left / ttlMs);
  return (
    <span className={classes.remaining}>
      <Progress
        size={4}
        w={56}
        value={100 * share}
        color={share < OVERDUE_SHARE ? 'yellow.7' : 'accent'}
        aria-label={t('column.remaining')}
        transitionDuration={TICK_MS}
      />
      <Text span fz="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {formatDuration(Math.round(left / 100) * 100)}
      </Text>
    </span>
  );
}
