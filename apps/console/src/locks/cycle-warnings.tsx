/** Locks that wait for each other: what the gateway is sure of, and what looks like it. */
import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { cyclesAmong } from './wait-graph.ts';
import type { Lock, LockList } from './lock-requests.ts';
import classes from './locks.module.css';
import { Notice } from '../widgets/notice.tsx';

export interface CycleWarningsProps {
  readonly locks: readonly Lock[];
  /** Of sessions: none of them will go on by itself. */
  readonly certain: LockList['cycles'];
}

export function CycleWarnings({ locks, certain }: CycleWarningsProps) {
  const { t } = useTranslation('locks');
  // A session that is in a certain circle would be told twice.
  const possible = certain.length > 0 ? [] : cyclesAmong(locks);
  if (certain.length === 0 && possible.length === 0) return null;
  const isCertain = certain.length > 0;
  return (
    <Notice
      role="alert"
      tone={isCertain ? 'bad' : 'warning'}
      icon={<IconAlertTriangle size={16} />}
      title={t(isCertain ? 'cycle.certainTitle' : 'cycle.possibleTitle')}
    >
      <Stack gap="xs">
        <Text fz="sm">{t(isCertain ? 'cycle.certain' : 'cycle.possible')}</Text>
        {certain.map((cycle) => (
          <span key={cycle.map(({ lease }) => lease).join()} className={classes.cycle}>
            {cycle
              .map(({ lease, waitsFor }) => t('cycle.link', { who: lease, lock: waitsFor }))
              .join(' → ')}
          </span>
        ))}
        {possible.map((cycle) => (
          <span key={cycle.map(({ lock }) => lock).join()} className={classes.cycle}>
            {cycle.map(({ waiter, lock }) => t('cycle.link', { who: waiter, lock })).join(' → ')}
          </span>
        ))}
      </Stack>
    </Notice>
  );
}
