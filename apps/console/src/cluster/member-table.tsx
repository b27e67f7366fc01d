/** The members: state, lag, size and version of each, and what can be done to it. */
import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { IconCrown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import type { MemberStatus } from './cluster-status.ts';
import { MemberActionDialog, type MemberAction } from './member-action-dialog.tsx';
import { MemberMenu } from './member-menu.tsx';
import { memberTones } from './member-tones.ts';

/** Entries that nobody notices: a few round trips of a busy cluster. */
const LAG_NOTICED = 1_000;

export function MemberTable({ members }: { readonly members: readonly MemberStatus[] }) {
  const { t } = useTranslation('cluster');
  const [action, setAction] = useState<{
    readonly kind: MemberAction;
    readonly member: MemberStatus;
  }>();
  const menu: Column<MemberStatus> = {
    id: 'actions',
    header: '',
    width: '32px',
    cell: (member) => (
      <MemberMenu member={member} onChoose={(kind) => setAction({ kind, member })} />
    ),
  };
  return (
    <>
      <DataTable
        label={t('members')}
        columns={[...useMemberColumns(), menu]}
        rows={members}
        rowId={({ id }) => id}
        initialOrder={{ column: 'name', direction: 'ascending' }}
      />
      {action !== undefined && (
        <MemberActionDialog {...action} members={members} onClose={() => setAction(undefined)} />
      )}
    </>
  );
}

function useMemberColumns(): readonly Column<MemberStatus>[] {
  const { t } = useTranslation('cluster');
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('column.name'),
      width: 'minmax(130px, 1fr)',
      sortBy: ({ name }) => name,
      cell: (member) => <MemberName member={member} />,
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '120px',
      sortBy: ({ state }) => state,
      cell: (member) => <MemberState member={member} />,
    },
    {
      id: 'lag',
      header: t('column.lag'),
      width: '90px',
      align: 'end',
      fromWidth: 560,
      cell: ({ lag }) => <Lag entries={lag} />,
    },
    {
      id: 'latency',
      header: t('column.latency'),
      width: '90px',
      align: 'end',
      fromWidth: 960,
      cell: ({ latencyMs }) => (latencyMs === undefined ? '–' : format.duration(latencyMs)),
    },
    {
      id: 'database',
      header: t('column.database'),
      width: '100px',
      align: 'end',
      fromWidth: 760,
      cell: ({ databaseBytes }) =>
        databaseBytes === undefined ? '–' : format.bytes(databaseBytes),
    },
    {
      id: 'version',
      header: t('column.version'),
      width: '80px',
      fromWidth: 860,
      cell: ({ version }) => version ?? '–',
    },
    {
      id: 'address',
      header: t('column.address'),
      width: 'minmax(150px, 1.2fr)',
      fromWidth: 1000,
      cell: (member) => <Addresses member={member} />,
    },
  ];
}

interface CellProps {
  readonly member: MemberStatus;
}

function MemberName({ member: { name, id, isLeader, isLearner } }: CellProps) {
  const { t } = useTranslation('cluster');
  return (
    <Group gap={6} wrap="nowrap">
      <Tooltip label={id}>
        <Text span fz="sm" fw={550} truncate>
          {name === '' ? t('unnamed') : name}
        </Text>
      </Tooltip>
      {isLeader && (
        <Badge leftSection={<IconCrown size={11} />} color="accent" style={{ flexShrink: 0 }}>
          {t('leader')}
        </Badge>
      )}
      {isLearner && (
        <Badge variant="default" style={{ flexShrink: 0 }}>
          {t('learner')}
        </Badge>
      )}
    </Group>
  );
}

function MemberState({ member: { state, problem } }: CellProps) {
  const { t } = useTranslation('cluster');
  return (
    <Tooltip label={problem ?? ''} disabled={problem === undefined} multiline maw={360}>
      <span>
        <StatusDot tone={memberTones[state]}>{t(`state.${state}`)}</StatusDot>
      </span>
    </Tooltip>
  );
}

function Lag({ entries }: { readonly entries: number | undefined }) {
  const format = useFormat();
  const isNoticed = entries !== undefined && entries > LAG_NOTICED;
  return (
    <Text span fz="sm" {...(isNoticed && { c: 'var(--warning)', fw: 650 })}>
      {entries === undefined ? '–' : format.number(entries)}
    </Text>
  );
}

/** Where its clients find it; a member that has not started yet tells only where its peers will. */
function Addresses({ member: { clientUrls, peerUrls } }: CellProps) {
  return <CodeText isQuiet>{(clientUrls.length > 0 ? clientUrls : peerUrls).join(', ')}</CodeText>;
}
