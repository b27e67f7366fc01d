/** A rollout under way: which step, who has applied it, and stopping, going on, taking back. */
import { Button, Group, Stack } from '@mantine/core';
import { IconCheck, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { endTrack, rolloutOf, steerRollout, type RolloutAction } from './config-requests.ts';
import classes from './configuration.module.css';
import { ConvergenceBar } from './convergence-bar.tsx';
import type { ItemAddress } from './item-address.ts';
import { printLabelMatch } from './label-match.ts';
import { stepStates } from './rollout-view.ts';
import { Notice } from '../widgets/notice.tsx';

export function RolloutPanel({ address }: { readonly address: ItemAddress }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const queries = useQueryClient();
  const rollout = useQuery(rolloutOf(address));
  const steering = useMutation({
    mutationFn: (action: RolloutAction | 'end') =>
      action === 'end' ? endTrack(address) : steerRollout(address, action),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['configuration'] }),
  });
  const running = rollout.data ?? undefined;
  if (running === undefined) return null;
  const { state, steps, step, reason, problem, isReverted = false } = running;
  const isOver = state === 'completed' || state === 'aborted' || isReverted;
  const states = stepStates(
    steps.length,
    state === 'completed' ? steps.length : step,
    state === 'halted' || state === 'paused',
  );
  return (
    <Panel title={t('rollout.title')} aside={t(`rollout.state.${state}`)}>
      <Stack gap="sm">
        <ol className={classes.steps}>
          {steps.map(({ percent, match }, at) => (
            <li
              key={`${at} ${percent ?? ''}`}
              className={classes.step}
              data-state={isOver && state !== 'completed' ? 'waiting' : states[at]}
            >
              {states[at] === 'done' && <IconCheck size={13} aria-hidden />}
              {percent === undefined ? printLabelMatch(match ?? {}) : `${format.number(percent)}%`}
            </li>
          ))}
          <li className={classes.step} data-state={state === 'completed' ? 'done' : 'waiting'}>
            {state === 'completed' && <IconCheck size={13} aria-hidden />}
            {t('rollout.everybody')}
          </li>
        </ol>
        {!isOver && <ConvergenceBar counts={{ ...running.clients, offline: 0 }} />}
        {reason !== undefined && (
          <Notice tone={isReverted ? 'warning' : 'bad'} role="alert">
            {t(`rollout.reason.${reason}`)} {problem} {isReverted && t('rollout.reverted')}
          </Notice>
        )}
        <ProblemNote error={steering.error} />
        {!isOver && (
          <Group gap="xs">
            {state === 'running' && (
              <Button
                variant="default"
                leftSection={<IconPlayerPause size={14} />}
                onClick={() => steering.mutate('pause')}
              >
                {t('rollout.pause')}
              </Button>
            )}
            {(state === 'paused' || state === 'halted') && (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={14} />}
                onClick={() => steering.mutate('resume')}
              >
                {t('rollout.resume')}
              </Button>
            )}
            <Button variant="default" onClick={() => steering.mutate('next')}>
              {t('rollout.next')}
            </Button>
            <Button variant="default" onClick={() => steering.mutate('promote')}>
              {t('rollout.promote')}
            </Button>
            <Button variant="default" onClick={() => steering.mutate('end')}>
              {t('rollout.revert')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
