/** How the gateways check an instance that cannot renew its own lease, what they found, and how to begin or stop it. */
import { Group, NumberInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dataOf, gateway } from '../api/gateway.ts';
import type { operations } from '../api/gen/schema.ts';
import { RequestProblem } from '../api/problem.ts';
import { useMayWrite } from '../session/use-may.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { instanceKey } from './service-keys.ts';
import type { Instance } from './service-queries.ts';

type HealthCheck = operations['getHealthCheck']['responses'][200]['content']['application/json'];

const PATH = '/v1/services/{service}/instances/{instance}/health-check';
const LOOK_MS = 2_000;

export function HealthCheckSection({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('services');
  const queries = useQueryClient();
  const [isAsking, ask] = useState(false);
  const params = { path: { service: instance.service, instance: instance.id } };
  const queryKey = ['service', instance.service, 'health-check', instance.id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: () =>
      dataOf(gateway.GET(PATH, { params })).catch((problem: unknown) => {
        if (problem instanceof RequestProblem && problem.code === 'not-found') return null;
        throw problem;
      }),
    refetchInterval: LOOK_MS,
  });
  const mayWrite = useMayWrite(instanceKey(instance.service, instance.id));
  const isChecked = data !== null && data !== undefined;
  const readAgain = () => queries.invalidateQueries({ queryKey });
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3}>{t('check.title')}</Title>
        {data === null && (
          <GuardedButton isPermitted={mayWrite} variant="default" onClick={() => ask(true)}>
            {t('check.add')}
          </GuardedButton>
        )}
        {isChecked && (
          <GuardedButton
            isPermitted={mayWrite}
            variant="default"
            onClick={() => void gateway.DELETE(PATH, { params }).then(readAgain)}
          >
            {t('check.stop')}
          </GuardedButton>
        )}
      </Group>
      <ProblemNote error={error} />
      {data === null && (
        <Text fz="sm" c="dimmed">
          {t('check.none')}
        </Text>
      )}
      {isChecked && <Found found={data} />}
      {isAsking && (
        <CheckDialog
          id={instance.id}
          onSave={(body) => dataOf(gateway.PUT(PATH, { params, body })).then(readAgain)}
          onClose={() => ask(false)}
        />
      )}
    </Stack>
  );
}

function Found({ found: { check, result, checkedBy } }: { readonly found: HealthCheck }) {
  const { t } = useTranslation('services');
  const { kind, interval, up, down } = check;
  return (
    <Stack gap={4}>
      {result === undefined ? (
        <StatusDot tone="quiet">{t('check.pending')}</StatusDot>
      ) : (
        <Text fz="sm" component="div">
          <StatusDot tone={result.health === 'healthy' ? 'good' : 'bad'}>
            {t(`check.${result.health}`)} {t('check.since')} <RelativeTime at={result.since} />
          </StatusDot>{' '}
          <Text span c="dimmed" fz="sm">
            {result.detail}
          </Text>
        </Text>
      )}
      <Text fz="sm" c="dimmed">
        {t('check.what', { kind: kind.toUpperCase(), interval, up, down })}
        {checkedBy !== undefined && ` · ${t('check.checkedBy', { gateway: checkedBy })}`}
      </Text>
    </Stack>
  );
}

const kinds = ['http', 'tcp', 'grpc'] as const;
type Kind = (typeof kinds)[number];
const intervals = ['2s', '5s', '10s', '30s', '1m'] as const;

interface CheckBody {
  readonly kind: Kind;
  readonly path?: string;
  readonly port?: number;
  readonly interval: string;
}

interface CheckDialogProps {
  readonly id: string;
  readonly onSave: (body: CheckBody) => Promise<unknown>;
  readonly onClose: () => void;
}

function CheckDialog({ id, onSave, onClose }: CheckDialogProps) {
  const { t } = useTranslation('services');
  const [kind, setKind] = useState<Kind>('http');
  const [path, setPath] = useState('/health');
  const [port, setPort] = useState<number | string>('');
  const [interval, setInterval] = useState<string>('10s');
  return (
    <ConfirmDialog
      title={t('check.dialogTitle', { id })}
      verb={t('check.save')}
      isDestructive={false}
      onConfirm={() =>
        onSave({
          kind,
          interval,
          ...(kind === 'http' && { path }),
          ...(typeof port === 'number' && { port }),
        })
      }
      onClose={onClose}
    >
      <Text fz="sm">{t('check.reach')}</Text>
      <Select
        label={t('check.kind')}
        data={kinds.map((value) => ({ value, label: value.toUpperCase() }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(value ?? 'http')}
      />
      {kind === 'http' && (
        <TextInput
          label={t('check.path')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
      )}
      <NumberInput
        label={t('check.port')}
        description={t('check.portExplanation')}
        value={port}
        min={1}
        max={65_535}
        allowDecimal={false}
        onChange={setPort}
      />
      <Select
        label={t('check.interval')}
        data={[...intervals]}
        value={interval}
        allowDeselect={false}
        onChange={(value) => setInterval(value ?? '10s')}
      />
    </ConfirmDialog>
  );
}
