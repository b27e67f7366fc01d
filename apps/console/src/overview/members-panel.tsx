/** The members, who leads, and who is behind. */
import { Anchor, Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format/use-format.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import type { MemberStatus } from '../cluster/cluster-status.ts';
import { memberTones } from '../cluster/member-tones.ts';

export function MembersPanel({ members }: { readonly members: readonly MemberStatus[] }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const columns: Column<MemberStatus>[] = [
    {
      id: 'name',
      header: t('member.name'),
      width: 'minmax(150px, 2fr)',
      sortBy: ({ name, id }) => name || id,
      cell: ({ name, id, state, isLeader, isLearner }) => (
        <>
          <StatusDot tone={memberTones[state]}>{name || id}</StatusDot>{' '}
          {isLeader && <Badge ml={6}>{t('member.leader')}</Badge>}
          {isLearner && (
            <Badge ml={6} color="gray">
              {t('member.learner')}
            </Badge>
          )}
        </>
      ),
    },
    { id: 'state', header: t('member.state'), cell: ({ state }) => t(`member.is.${state}`) },
    {
      id: 'lag',
      header: t('member.lag'),
      width: '70px',
      align: 'end',
      cell: ({ lag }) => (lag === undefined ? '–' : format.number(lag)),
    },
    {
      id: 'latency',
      header: t('member.latency'),
      width: '80px',
      align: 'end',
      fromWidth: 420,
      cell: ({ latencyMs }) => (latencyMs === undefined ? '–' : format.duration(latencyMs)),
    },
    {
      id: 'version',
      header: t('member.version'),
      width: '80px',
      fromWidth: 540,
      cell: ({ version }) => version ?? '–',
    },
  ];
  return (
    <Panel
      title={t('member.title')}
      isFlush
      aside={
        <Anchor component={Link} to="/cluster" fz="sm">
          {t('member.manage')}
        </Anchor>
      }
    >
      <DataTable
        label={t('member.title')}
        columns={columns}
        rows={members}
        rowId={({ id }) => id}
        initialOrder={{ column: 'name', direction: 'ascending' }}
      />
    </Panel>
  );
}
