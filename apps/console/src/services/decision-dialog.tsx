/** Decides on an instance: drain it, weigh it, take a decision back, deregister it. Says first whom that reaches. */
import { Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import classes from './decision-dialog.module.css';
import { reachOfDrain, sharesOfWeight } from './decision-reach.ts';
import { useConsumers, useDecisions, type Instance } from './service-queries.ts';

export type DecisionKind = 'drain' | 'weight' | 'end' | 'deregister';

/** Seconds until a decision ends by itself; `never` leaves that to the instance's next life. */
const ends = ['900', '3600', '14400', '86400', 'never'] as const;
type End = (typeof ends)[number];

const WEIGHT_MAX = 1_000;
const REASON_LENGTH_MAX = 1_024;

interface Props {
  readonly kind: DecisionKind;
  readonly service: string;
  readonly instance: Instance;
  readonly instances: readonly Instance[];
  readonly onClose: () => void;
}

export function DecisionDialog({ kind, service, instance, instances, onClose }: Props) {
  const { t } = useTranslation('services');
  const decisions = useDecisions(service);
  const [reason, setReason] = useState('');
  const [end, setEnd] = useState<End>('3600');
  const [weight, setWeight] = useState(instance.weight);
  const { id } = instance;
  const isOverride = kind === 'drain' || kind === 'weight';
  const carryOut = (): Promise<unknown> => {
    if (kind === 'end') return decisions.end(id);
    if (kind === 'deregister') return decisions.deregister(id);
    return decisions.decide(id, {
      // What was decided before about the other of the two stays.
      ...(instance.override?.weight !== undefined && { weight: instance.override.weight }),
      ...(instance.override?.state !== undefined && { state: instance.override.state }),
      ...(kind === 'drain' ? { state: 'draining' as const } : { weight }),
      reason: reason.trim(),
      ...(end !== 'never' && { until: new Date(Date.now() + Number(end) * 1_000).toISOString() }),
    });
  };
  return (
    <ConfirmDialog
      title={t(`decision.${kind}Title`, { id })}
      verb={t(`decision.${kind === 'weight' ? 'setWeight' : kind}`)}
      isDestructive={kind === 'deregister' || kind === 'drain'}
      isBlocked={isOverride && reason.trim() === ''}
      {...(kind === 'deregister' && { typedName: id })}
      onConfirm={carryOut}
      onClose={onClose}
    >
      {kind === 'weight' && (
        <NumberInput
          label={t('decision.newWeight')}
          description={t('decision.newWeightExplanation', { declared: instance.declared.weight })}
          value={weight}
          min={0}
          max={WEIGHT_MAX}
          clampBehavior="strict"
          allowDecimal={false}
          onChange={(value) => setWeight(Number(value))}
          data-autofocus
        />
      )}
      <ReachList
        kind={kind}
        service={service}
        instance={instance}
        instances={instances}
        weight={weight}
      />
      {isOverride && (
        <OverrideFields
          reason={reason}
          end={end}
          isFirst={kind === 'drain'}
          onReason={setReason}
          onEnd={setEnd}
        />
      )}
    </ConfirmDialog>
  );
}

interface OverrideFieldsProps {
  readonly reason: string;
  readonly end: End;
  /** Nothing else is asked before. */
  readonly isFirst: boolean;
  readonly onReason: (reason: string) => void;
  readonly onEnd: (end: End) => void;
}

/** Why, for who comes after; and until when. */
function OverrideFields({ reason, end, isFirst, onReason, onEnd }: OverrideFieldsProps) {
  const { t } = useTranslation('services');
  return (
    <>
      <TextInput
        label={t('decision.reason')}
        description={t('decision.reasonExplanation')}
        placeholder={t('decision.reasonExample')}
        value={reason}
        maxLength={REASON_LENGTH_MAX}
        onChange={(event) => onReason(event.currentTarget.value)}
        required
        {...(isFirst && { 'data-autofocus': true })}
      />
      <Select
        label={t('decision.until')}
        data={ends.map((value) => ({ value, label: t(`decision.untilChoice.${value}`) }))}
        value={end}
        allowDeselect={false}
        onChange={(value) => onEnd(value ?? '3600')}
      />
    </>
  );
}

interface ReachListProps extends Omit<Props, 'onClose'> {
  readonly weight: number;
}

/** What follows for those who call the service. */
function ReachList(props: ReachListProps) {
  return (
    <Group className={classes.reach} gap="sm" wrap="nowrap" align="flex-start">
      <IconInfoCircle size={16} aria-hidden className={classes.mark} />
      <Stack gap={4} component="ul" className={classes.list}>
        {useReach(props).map((sentence) => (
          <Text key={sentence} component="li" fz="sm">
            {sentence}
          </Text>
        ))}
      </Stack>
    </Group>
  );
}

function useReach({
  kind,
  service,
  instance,
  instances,
  weight,
}: ReachListProps): readonly string[] {
  const { t } = useTranslation('services');
  const format = useFormat();
  const consumers = useConsumers(service).data?.items.length ?? 0;
  const { declared } = instance;
  if (kind === 'end') {
    const state = t(`state.${declared.state}`);
    return [t('decision.reach.back', { state, weight: format.number(declared.weight) })];
  }
  if (kind === 'weight') {
    const { before, after } = sharesOfWeight(instances, instance, weight);
    return [
      t('decision.reach.share', { before: format.share(before), after: format.share(after) }),
      t('decision.reach.consumersWeight', { count: consumers }),
      t('decision.reach.reversible'),
    ];
  }
  const reach = reachOfDrain(instances, instance);
  const { remaining, serving } = reach;
  return [
    remaining === 0
      ? t('decision.reach.nobody')
      : t('decision.reach.remaining', {
          remaining,
          serving,
          share: format.share(reach.weightShare),
        }),
    ...(reach.lastInZone === undefined || remaining === 0
      ? []
      : [t('decision.reach.lastInZone', { zone: reach.lastInZone })]),
    t('decision.reach.consumers', { count: consumers }),
    t(kind === 'drain' ? 'decision.reach.reversible' : 'decision.reach.deregister'),
  ];
}
