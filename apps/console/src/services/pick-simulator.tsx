/** Where calls would go: the gateway picks as the SDK does, many times, and explains. */
import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dataOf, gateway } from '../api/gateway.ts';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import classes from './pick-simulator.module.css';
import type { Explanation } from './service-queries.ts';

const policies = [
  'weighted-round-robin',
  'weighted-random',
  'least-request',
  'peak-ewma',
  'ring-hash',
  'maglev',
] as const;
type Policy = (typeof policies)[number];

const PICKS_MAX = 10_000;

interface Question {
  readonly policy: Policy;
  readonly zone: string;
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

interface Props {
  readonly service: string;
  readonly zones: readonly string[];
}

export function PickSimulator({ service, zones }: Props) {
  const { t } = useTranslation('services');
  const [question, setQuestion] = useState<Question>({
    policy: 'weighted-round-robin',
    zone: '',
    key: '',
    label: '',
    count: 1_000,
  });
  const { data, error, isFetching, refetch } = usePicks(service, question);
  const change = (part: Partial<Question>) => setQuestion({ ...question, ...part });
  return (
    <Panel
      isFlush
      toolbar={
        <Group gap="sm" align="flex-end">
          <Select
            label={t('pick.policy')}
            data={[...policies]}
            value={question.policy}
            allowDeselect={false}
            onChange={(policy) => change({ policy: policy as Policy })}
            w={190}
          />
          <Select
            label={t('pick.zone')}
            data={[...zones]}
            value={question.zone === '' ? null : question.zone}
            onChange={(zone) => change({ zone: zone ?? '' })}
            clearable
            w={150}
          />
          <TextInput
            label={t('pick.key')}
            value={question.key}
            onChange={(event) => change({ key: event.currentTarget.value })}
            w={170}
          />
          <TextInput
            label={t('pick.label')}
            defaultValue=""
            placeholder="version=2" /* a selector, the same in every language */
            onBlur={(event) => change({ label: event.currentTarget.value.trim() })}
            w={150}
          />
          <NumberInput
            label={t('pick.count')}
            value={question.count}
            min={2}
            max={PICKS_MAX}
            onChange={(count) => change({ count: Number(count) || 2 })}
            w={100}
          />
          <Button
            variant="default"
            size="sm"
            loading={isFetching}
            leftSection={<IconRefresh size={14} />}
            onClick={() => void refetch()}
          >
            {t('pick.again')}
          </Button>
        </Group>
      }
    >
      <Text c="dimmed" fz="sm" px="md" pt="sm">
        {t('pick.explanation')}
      </Text>
      {error !== null ? (
        <div className={classes.problem}>
          <ProblemNote error={error} />
        </div>
      ) : data === undefined ? (
        <Loading />
      ) : (
        <Shares explanation={data.explanation} picks={data.picks} />
      )}
    </Panel>
  );
}

type Row = Explanation['instances'][number] & { readonly picked: number };

interface SharesProps {
  readonly explanation: Explanation;
  readonly picks: ReadonlyMap<string, number>;
}

function Shares({ explanation, picks }: SharesProps) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const total = [...picks.values()].reduce((sum, count) => sum + count, 0) || 1;
  const rows = explanation.instances.map((one): Row => ({
    ...one,
    picked: picks.get(one.id) ?? 0,
  }));
  const largest = Math.max(
    ...rows.map(({ share, picked }) => Math.max(share, picked / total)),
    0.01,
  );
  const reasonOf = ({ reason, detail }: Row): string =>
    t(`pick.reason.${reason as 'pickable'}`, { defaultValue: detail });
  const columns: Column<Row>[] = [
    {
      id: 'id',
      header: t('column.instance'),
      width: 'minmax(120px, 1.2fr)',
      sortBy: ({ id }) => id,
      cell: ({ id }) => (
        <Text span ff="monospace" fz="sm">
          {id}
        </Text>
      ),
    },
    {
      id: 'share',
      header: t('pick.picked'),
      width: 'minmax(180px, 3fr)',
      sortBy: ({ picked }) => picked,
      cell: ({ picked, share }) => (
        <span className={classes.share}>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.picked}
              style={{ width: `${(picked / total / largest) * 100}%` }}
            />
            <span className={classes.expected} style={{ left: `${(share / largest) * 100}%` }} />
          </span>
          <span className={classes.number}>{format.share(picked / total)}</span>
        </span>
      ),
    },
    {
      id: 'expected',
      header: t('pick.expected'),
      width: '80px',
      align: 'end',
      fromWidth: 520,
      sortBy: ({ share }) => share,
      cell: ({ share }) => format.share(share),
    },
    {
      id: 'effective',
      header: t('pick.effective'),
      width: '100px',
      align: 'end',
      fromWidth: 640,
      sortBy: ({ effectiveWeight }) => effectiveWeight,
      cell: ({ effectiveWeight }) => format.number(effectiveWeight),
    },
    {
      id: 'why',
      header: t('pick.why'),
      width: 'minmax(120px, 1.5fr)',
      fromWidth: 440,
      cell: (row) => (
        <Text span fz="sm" c={row.isPickable ? 'dimmed' : 'var(--warning)'} title={row.detail}>
          {reasonOf(row)}
        </Text>
      ),
    },
  ];
  return (
    <DataTable
      label={t('pick.result', { count: total })}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      initialOrder={{ column: 'share', direction: 'descending' }}
    />
  );
}

function usePicks(service: string, { policy, zone, key, label, count }: Question) {
  const demand = {
    policy,
    ...(zone !== '' && { zone }),
    ...(key !== '' && { key }),
    ...(label !== '' && { label }),
  };
  const path = { service };
  return useQuery({
    queryKey: ['service', service, 'picks', demand, count],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const [explanation, picked] = await Promise.all([
        dataOf(gateway.GET('/v1/services/{service}/explain', { params: { path, query: demand } })),
        dataOf(
          gateway.GET('/v1/services/{service}/pick', {
            params: { path, query: { ...demand, count } },
          }),
        ),
      ]);
      const picks = new Map((picked.picks ?? []).map((one) => [one.id, one.count]));
      return { explanation, picks };
    },
  });
}
