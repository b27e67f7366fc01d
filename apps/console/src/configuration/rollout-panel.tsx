/** A rollout under way: which step, who has applied it, and stopping, going on, taking back. */
import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconCheck, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { endRollout, rolloutOf, steerRollout, type RolloutAction } from './config-requests.ts';
import classes from './configuration.module.css';
import type { ItemAddress } from './item-address.ts';
import { printLabelMatch } from './label-match.ts';
import { stepStates } from './rollout-view.ts';

export function RolloutPanel({ address }: { readonly address: ItemAddress }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const queries = useQueryClient();
  const rollout = useQuery(rolloutOf(address));
  const steering = useMutation({
    mutationFn: (action: RolloutAction | 'end') =>
      action === 'end' ? endRollout(address) : steerRollout(address, action),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['configuration'] }),
  });
  const running = rollout.data ?? undefined;
  if (running === undefined) return null;
  const isOver = running.state === 'completed' || running.state === 'reverted';
  const isStopped = running.state === 'halted' || running.state === 'paused';
  const states = stepStates(
    running.steps.length,
    running.state === 'completed' ? running.steps.length : running.step,
    isStopped,
  );
  return (
    <Panel title={t('rollout.title')}>
      <Stack gap="sm">
        <ol className={classes.steps}>
          {running.steps.map(({ percent, match }, at) => (
            <li key={`${at} ${percent ?? ''}`} className={classes.step} data-state={states[at]}>
              {states[at] === 'done' && <IconCheck size={13} aria-hidden />}
              {percent === undefined ? printLabelMatch(match ?? {}) : `${format.number(percent)}%`}
            </li>
          ))}
          <li
            className={classes.step}
            data-state={running.state === 'completed' ? 'done' : 'waiting'}
          >
            {running.state === 'completed' && <IconCheck size={13} aria-hidden />}
            {t('rollout.everybody')}
          </li>
        </ol>
        {running.state === 'halted' && (
          <Alert variant="light" color="red" role="alert">
            {t('rollout.halted', { reason: running.reason ?? '' })}
          </Alert>
        )}
        {running.state === 'reverted' && (
          <Alert variant="light" color="yellow" role="status">
            {t('rollout.reverted', { reason: running.reason ?? '' })}
          </Alert>
        )}
        <ProblemNote error={steering.error} />
        {!isOver && (
          <Group gap="xs">
            {running.state === 'running' ? (
              <Button
                variant="default"
                leftSection={<IconPlayerPause size={14} />}
                onClick={() => steering.mutate('pause')}
              >
                {t('rollout.pause')}
              </Button>
            ) : (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={14} />}
                onClick={() => steering.mutate('resume')}
              >
                {t('rollout.resume')}
              </Button>
            )}
            <Button variant="default" onClick={() => steering.mutate('end')}>
              {t('rollout.revert')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
