/** The members: state, lag, size and version of each, and what can be done to it. */
import { ActionIcon, Badge, Group, Menu, Text, Tooltip } from '@mantine/core';
import { IconArrowUpCircle, IconCrown, IconDots, IconStack2, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import type { MemberStatus } from './cluster-status.ts';
import { MemberActionDialog, type MemberAction } from './member-action-dialog.tsx';
import { memberTones } from './member-tones.ts';

/** Entries that nobody notices: a few round trips of a busy cluster. */
const LAG_NOTICED = 1_000;

export interface MemberTableProps {
  readonly members: readonly MemberStatus[];
  readonly isAdministrator: boolean;
}

export function MemberTable({ members, isAdministrator }: MemberTableProps) {
  const { t } = useTranslation('cluster');
  const [action, setAction] = useState<{
    readonly kind: MemberAction;
    readonly member: MemberStatus;
  }>();
  const columns = useMemberColumns(isAdministrator, (kind, member) => setAction({ kind, member }));
  return (
    <>
      <DataTable label={t('members')} columns={columns} rows={members} rowId={({ id }) => id} />
      {action !== undefined && (
        <MemberActionDialog {...action} members={members} onClose={() => setAction(undefined)} />
      )}
    </>
  );
}

function useMemberColumns(
  isAdministrator: boolean,
  onChoose: (kind: MemberAction, member: MemberStatus) => void,
): readonly Column<MemberStatus>[] {
  const { t } = useTranslation('cluster');
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('column.name'),
      width: 'minmax(130px, 1fr)',
      sortBy: ({ name }) => name,
      cell: ({ name, id, isLeader, isLearner }) => (
        <Group gap={6} wrap="nowrap">
          <Tooltip label={id}>
            <Text span fz="sm" fw={550}>
              {name === '' ? t('unnamed') : name}
            </Text>
          </Tooltip>
          {isLeader && (
            <Badge leftSection={<IconCrown size={11} />} color="accent">
              {t('leader')}
            </Badge>
          )}
          {isLearner && <Badge variant="default">{t('learner')}</Badge>}
        </Group>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '120px',
      sortBy: ({ state }) => state,
      cell: ({ state, problem }) => (
        <Tooltip label={problem ?? ''} disabled={problem === undefined} multiline maw={360}>
          <span>
            <StatusDot tone={memberTones[state]}>{t(`state.${state}`)}</StatusDot>
          </span>
        </Tooltip>
      ),
    },
    {
      id: 'lag',
      header: t('column.lag'),
      width: '90px',
      align: 'end',
      fromWidth: 560,
      cell: ({ lag }) => (
        <Text
          span
          fz="sm"
          {...(lag !== undefined && lag > LAG_NOTICED && { c: 'var(--warning)', fw: 650 })}
        >
          {lag === undefined ? '–' : format.number(lag)}
        </Text>
      ),
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
      cell: ({ clientUrls, peerUrls }) => (
        <Text span ff="monospace" fz="xs" c="dimmed">
          {(clientUrls.length > 0 ? clientUrls : peerUrls).join(', ')}
        </Text>
      ),
    },
    ...(isAdministrator
      ? [
          {
            id: 'actions',
            header: '',
            width: '32px',
            cell: (member: MemberStatus) => (
              <MemberMenu member={member} onChoose={(kind) => onChoose(kind, member)} />
            ),
          },
        ]
      : []),
  ];
}

function MemberMenu(props: {
  readonly member: MemberStatus;
  readonly onChoose: (kind: MemberAction) => void;
}) {
  const { t } = useTranslation('cluster');
  const { isLearner, isLeader, state, name, id } = props.member;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('actions', { name: name === '' ? id : name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isLearner && (
          <Menu.Item
            leftSection={<IconArrowUpCircle size={14} />}
            onClick={() => props.onChoose('promote')}
          >
            {t('promote.verb')}
          </Menu.Item>
        )}
        {!isLearner && (
          <Menu.Item
            leftSection={<IconCrown size={14} />}
            disabled={isLeader || state !== 'healthy'}
            onClick={() => props.onChoose('lead')}
          >
            {t('lead.verb')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconStack2 size={14} />}
          disabled={state !== 'healthy'}
          onClick={() => props.onChoose('defragment')}
        >
          {t('defragment.verb')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          c="var(--bad)"
          onClick={() => props.onChoose('remove')}
        >
          {t('remove.verb')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
