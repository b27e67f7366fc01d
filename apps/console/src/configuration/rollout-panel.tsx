/** A rollout under way: which step, who has applied it, and stopping, going on, taking back. */
import { Group, Stack } from '@mantine/core';
import { IconCheck, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { useMayWrite } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import {
  endTrack,
  rolloutOf,
  steerRollout,
  type Rollout,
  type RolloutAction,
} from './config-requests.ts';
import classes from './configuration.module.css';
import { ConvergenceBar } from './convergence-bar.tsx';
import { itemKey, type ItemAddress } from './item-address.ts';
import { printLabelMatch } from './label-match.ts';
import { stepStates } from './rollout-view.ts';
import { Notice } from '../widgets/notice.tsx';

export function RolloutPanel({ address }: { readonly address: ItemAddress }) {
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  const rollout = useQuery(rolloutOf(address));
  const steering = useMutation({
    mutationFn: (action: Steering) =>
      action === 'end' ? endTrack(address) : steerRollout(address, action),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['configuration'] }),
  });
  const running = rollout.data ?? undefined;
  if (running === undefined) return null;
  const { state, reason, problem, isReverted = false } = running;
  const isOver = state === 'completed' || state === 'aborted' || isReverted;
  return (
    <Panel title={t('rollout.title')} aside={t(`rollout.state.${state}`)}>
      <Stack gap="sm">
        <RolloutSteps rollout={running} isOver={isOver} />
        {!isOver && <ConvergenceBar counts={{ ...running.clients, offline: 0 }} />}
        {reason !== undefined && (
          <Notice tone={isReverted ? 'warning' : 'bad'} role="alert">
            {t(`rollout.reason.${reason}`)} {problem} {isReverted && t('rollout.reverted')}
          </Notice>
        )}
        <ProblemNote error={steering.error} />
        {!isOver && (
          <RolloutControls
            address={address}
            state={state}
            onSteer={(action) => steering.mutate(action)}
          />
        )}
      </Stack>
    </Panel>
  );
}

/** Who has been reached, step by step, and everybody at the end. */
function RolloutSteps({
  rollout: { state, steps, step },
  isOver,
}: {
  readonly rollout: Rollout;
  readonly isOver: boolean;
}) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const states = stepStates(
    steps.length,
    state === 'completed' ? steps.length : step,
    state === 'halted' || state === 'paused',
  );
  return (
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
  );
}

type Steering = RolloutAction | 'end';

function RolloutControls(props: {
  readonly address: ItemAddress;
  readonly state: Rollout['state'];
  readonly onSteer: (action: Steering) => void;
}) {
  const { address, state, onSteer } = props;
  const { t } = useTranslation('configuration');
  const isPermitted = useMayWrite(itemKey(address));
  const control = (action: Steering, label: string, icon?: ReactNode) => (
    <GuardedButton
      isPermitted={isPermitted}
      variant="default"
      leftSection={icon}
      onClick={() => onSteer(action)}
    >
      {label}
    </GuardedButton>
  );
  return (
    <Group gap="xs">
      {state === 'running' && control('pause', t('rollout.pause'), <IconPlayerPause size={14} />)}
      {(state === 'paused' || state === 'halted') &&
        control('resume', t('rollout.resume'), <IconPlayerPlay size={14} />)}
      {control('next', t('rollout.next'))}
      {control('promote', t('rollout.promote'))}
      {control('end', t('rollout.revert'))}
    </Group>
  );
}
