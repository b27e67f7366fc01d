/** Where calls would go: the gateway picks as the SDK does, many times, and explains. */
import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dataOf, gateway } from '../api/gateway.ts';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import classes from './pick-simulator.module.css';
import { PickShares } from './pick-shares.tsx';

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
  return (
    <Panel
      isFlush
      toolbar={
        <QuestionFields
          question={question}
          zones={zones}
          isAsking={isFetching}
          onChange={setQuestion}
          onAsk={() => void refetch()}
        />
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
        <PickShares explanation={data.explanation} picks={data.picks} />
      )}
    </Panel>
  );
}

interface QuestionFieldsProps {
  readonly question: Question;
  readonly zones: readonly string[];
  readonly isAsking: boolean;
  readonly onChange: (question: Question) => void;
  readonly onAsk: () => void;
}

function QuestionFields({ question, zones, isAsking, onChange, onAsk }: QuestionFieldsProps) {
  const { t } = useTranslation('services');
  const change = (part: Partial<Question>) => onChange({ ...question, ...part });
  return (
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
        loading={isAsking}
        leftSection={<IconRefresh size={14} />}
        onClick={onAsk}
      >
        {t('pick.again')}
      </Button>
    </Group>
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
