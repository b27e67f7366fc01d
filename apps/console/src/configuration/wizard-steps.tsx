/** The pages of the release wizard. */
import {
  Badge,
  Checkbox,
  NumberInput,
  Radio,
  Select,
  Stack,
  Table,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { Loading } from '../widgets/loading.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { StatusDot, type Tone } from '../widgets/status-dot.tsx';
import type { Draft, Item, Validation } from './config-requests.ts';
import { IssueLines } from './issue-lines.tsx';
import type { ItemAddress } from './item-address.ts';
import { parseLabelMatch } from './label-match.ts';
import type { HaltRules, ReleasePlan, Scope } from './release-plan.ts';
import { Notice } from '../widgets/notice.tsx';

const VERDICT_TONES: Readonly<Record<Validation['versions'][number]['state'], Tone>> = {
  valid: 'good',
  invalid: 'bad',
  unchecked: 'quiet',
};

export interface StepProps {
  readonly plan: ReleasePlan;
  readonly onPlan: (plan: ReleasePlan) => void;
  readonly live: Item | undefined;
  readonly draft: Draft;
  readonly validation: UseQueryResult<Validation>;
}

export function DifferenceStep({ live, draft }: StepProps) {
  const { t } = useTranslation('configuration');
  return (
    <DiffView
      before={{
        text: live?.content ?? '',
        label:
          live === undefined ? t('live.noneTitle') : t('live.release', { release: live.release }),
      }}
      after={{ text: draft.content ?? '', label: t('draft') }}
      format={draft.format}
      maxHeight={420}
    />
  );
}

export function ValidationStep({ plan, onPlan, validation }: StepProps) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  if (validation.isPending) return <Loading lines={3} />;
  if (validation.isError) return <ProblemNote error={validation.error} />;
  const { issues, versions } = validation.data;
  const hasFailing = versions.some(({ state }) => state === 'invalid');
  return (
    <Stack gap="md">
      {issues.length > 0 && (
        <Notice tone="bad" title={t('validation.broken')}>
          <IssueLines issues={issues} />
        </Notice>
      )}
      {versions.length === 0 ? (
        <Notice tone="quiet">{t('validation.noVersions')}</Notice>
      ) : (
        <Table fz="sm" verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.app')}</Table.Th>
              <Table.Th>{t('column.version')}</Table.Th>
              <Table.Th ta="right">{t('column.instances')}</Table.Th>
              <Table.Th>{t('column.verdict')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map(({ app, version, instances, state, issues: faults }) => (
              <Table.Tr key={`${app} ${version}`}>
                <Table.Td fw={550}>{app}</Table.Td>
                <Table.Td>{version}</Table.Td>
                <Table.Td ta="right">{format.number(instances)}</Table.Td>
                <Table.Td>
                  <StatusDot tone={VERDICT_TONES[state]}>
                    {state === 'invalid'
                      ? faults
                          .map(({ path, message }) => `${path ?? ''} ${message}`.trim())
                          .join('; ')
                      : t(`validation.${state}`)}
                  </StatusDot>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {issues.length === 0 && hasFailing && (
        <Checkbox
          label={t('validation.accept')}
          description={t('validation.acceptHint')}
          checked={plan.acceptsFailures}
          onChange={(event) => onPlan({ ...plan, acceptsFailures: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

/** What each scope begins with. */
const newScopes: Readonly<Record<Scope['kind'], Scope>> = {
  all: { kind: 'all' },
  match: { kind: 'match', track: 'canary', text: '' },
  steps: { kind: 'steps', percents: [5, 25], holdSeconds: 30 },
};

export function ScopeStep({ plan, onPlan }: StepProps) {
  const { t } = useTranslation('configuration');
  const { scope } = plan;
  const set = (next: Scope) => onPlan({ ...plan, scope: next });
  return (
    <Stack gap="md">
      <Radio.Group
        aria-label={t('wizard.step.scope')}
        value={scope.kind}
        onChange={(kind) => set(newScopes[kind])}
      >
        <Stack gap="sm">
          {(['all', 'steps', 'match'] as const).map((kind) => (
            <ScopeCard key={kind} kind={kind} />
          ))}
        </Stack>
      </Radio.Group>
      {scope.kind === 'match' && <MatchFields scope={scope} onChange={set} />}
      {scope.kind === 'steps' && <PercentFields scope={scope} onChange={set} />}
    </Stack>
  );
}

function ScopeCard({ kind }: { readonly kind: Scope['kind'] }) {
  const { t } = useTranslation('configuration');
  return (
    <Radio.Card value={kind} p="sm" radius="md">
      <div style={{ display: 'flex', gap: 12 }}>
        <Radio.Indicator />
        <div>
          <Text fz="sm" fw={550}>
            {t(`scope.${kind}`)}
          </Text>
          <Text fz="xs" c="dimmed">
            {t(`scope.${kind}Hint`)}
          </Text>
        </div>
      </div>
    </Radio.Card>
  );
}

interface ScopeFieldsProps<Kind extends Scope['kind']> {
  readonly scope: Extract<Scope, { readonly kind: Kind }>;
  readonly onChange: (scope: Scope) => void;
}

function MatchFields({ scope, onChange }: ScopeFieldsProps<'match'>) {
  const { t } = useTranslation('configuration');
  const read = parseLabelMatch(scope.text);
  const isFault = 'fault' in read && scope.text !== '';
  return (
    <>
      <TextInput
        label={t('scope.match')}
        value={scope.text}
        placeholder="version=1.4, zone=a|b"
        onChange={(event) => onChange({ ...scope, text: event.currentTarget.value })}
        error={isFault && t(`fault.${read.fault}`, { piece: read.piece })}
      />
      <TextInput
        label={t('scope.track')}
        description={t('scope.trackHint')}
        value={scope.track}
        onChange={(event) => onChange({ ...scope, track: event.currentTarget.value })}
      />
    </>
  );
}

function PercentFields({ scope, onChange }: ScopeFieldsProps<'steps'>) {
  const { t } = useTranslation('configuration');
  return (
    <>
      <TagsInput
        label={t('scope.percents')}
        description={t('scope.percentsHint')}
        value={scope.percents.map(String)}
        onChange={(next) => onChange({ ...scope, percents: next.map(Number) })}
        splitChars={[',', ' ', '%']}
        size="sm"
      />
      <NumberInput
        label={t('scope.hold')}
        description={t('scope.holdHint')}
        min={0}
        value={scope.holdSeconds}
        onChange={(next) => onChange({ ...scope, holdSeconds: Number(next) })}
      />
    </>
  );
}

export function HaltStep({ plan, onPlan }: StepProps) {
  const { t } = useTranslation('configuration');
  const set = (halt: HaltRules) => onPlan({ ...plan, halt });
  return (
    <Stack gap="md">
      <NumberInput
        data-autofocus
        label={t('halt.rejected')}
        description={t('halt.rejectedHint')}
        min={0}
        allowDecimal={false}
        value={plan.halt.rejectedOver}
        onChange={(next) => set({ ...plan.halt, rejectedOver: Number(next) })}
      />
      <NumberInput
        label={t('halt.unacked')}
        description={t('halt.unackedHint')}
        min={1}
        value={plan.halt.unackedAfterSeconds}
        onChange={(next) => set({ ...plan.halt, unackedAfterSeconds: Number(next) })}
      />
      <Select
        label={t('halt.then')}
        value={plan.halt.onHalt}
        onChange={(next) => set({ ...plan.halt, onHalt: next === 'pause' ? 'pause' : 'revert' })}
        data={[
          { value: 'revert', label: t('halt.revert') },
          { value: 'pause', label: t('halt.pause') },
        ]}
        allowDeselect={false}
      />
    </Stack>
  );
}

export function ConfirmStep({
  plan,
  onPlan,
  live,
  address,
}: StepProps & { readonly address: ItemAddress }) {
  const { t } = useTranslation('configuration');
  const { scope } = plan;
  const isProduction = scope.kind === 'all';
  return (
    <Stack gap="md">
      <Notice tone={isProduction ? 'warning' : 'quiet'}>
        {scope.kind === 'all' &&
          t('confirm.all', { path: address.path, release: live?.release ?? 0 })}
        {scope.kind === 'match' && t('confirm.match', { match: scope.text, track: scope.track })}
        {scope.kind === 'steps' &&
          t('confirm.steps', {
            percents: scope.percents.map((percent) => `${percent}%`).join(' → '),
          })}
      </Notice>
      {scope.kind === 'steps' && (
        <Text fz="sm" component="div">
          {t('confirm.halt', {
            count: plan.halt.rejectedOver,
            seconds: plan.halt.unackedAfterSeconds,
          })}{' '}
          <Badge variant="default">{t(`halt.${plan.halt.onHalt}`)}</Badge>
        </Text>
      )}
      <Textarea
        data-autofocus
        label={t('confirm.comment')}
        description={t('confirm.commentHint')}
        autosize
        minRows={2}
        value={plan.comment}
        onChange={(event) => onPlan({ ...plan, comment: event.currentTarget.value })}
      />
    </Stack>
  );
}
