/** Who has applied what is meant for them: a bar, and the numbers behind it. */
import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { StatusDot, type Tone } from '../widgets/status-dot.tsx';
import classes from './configuration.module.css';
import { barOf, type AcknowledgementCounts } from './rollout-view.ts';

export const ACKNOWLEDGEMENT_TONES: Readonly<Record<keyof AcknowledgementCounts, Tone>> = {
  applied: 'good',
  rejected: 'bad',
  pending: 'warning',
  offline: 'quiet',
  unknown: 'quiet',
};

export function ConvergenceBar({ counts }: { readonly counts: AcknowledgementCounts }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const parts = barOf(counts);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={t('convergence.label')}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, total)}
        aria-valuenow={counts.applied}
      >
        {parts.map(({ state, share }) => (
          <span
            key={state}
            className={classes.part}
            data-state={state}
            style={{ width: `${share}%` }}
          />
        ))}
      </div>
      <Group gap="md" mt={8}>
        <Text fz="sm" fw={600}>
          {t('convergence.applied', {
            applied: format.number(counts.applied),
            all: format.number(total),
          })}
        </Text>
        {parts
          .filter(({ state }) => state !== 'applied')
          .map(({ state, count }) => (
            <Text key={state} fz="sm" component="span">
              <StatusDot tone={ACKNOWLEDGEMENT_TONES[state]}>
                {format.number(count)} {t(`ack.${state}`)}
              </StatusDot>
            </Text>
          ))}
      </Group>
    </div>
  );
}
