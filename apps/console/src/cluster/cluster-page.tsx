/** The cluster: its members and how each is doing, alarms, and an operator's chores. */
import { Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useSession } from '../session/session.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { AddMemberDialog } from './add-member-dialog.tsx';
import { AlarmList } from './alarm-list.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { useClusterStatus } from './cluster-status.ts';
import { HistoryPanel } from './history-panel.tsx';
import { MemberTable } from './member-table.tsx';
import classes from './cluster.module.css';
import { Notice } from '../widgets/notice.tsx';

export function ClusterPage() {
  const { t } = useTranslation('cluster');
  const format = useFormat();
  const { actor } = useSession();
  const { status, state } = useClusterStatus();
  const [isAdding, setAdding] = useState(false);
  const isAdministrator = actor?.isAdministrator === true;
  const members = status.data?.members ?? [];
  const bytes = Math.max(0, ...members.map(({ databaseBytes = 0 }) => databaseBytes));
  const bytesInUse = Math.max(
    0,
    ...members.map(({ databaseBytesInUse = 0 }) => databaseBytesInUse),
  );
  const leader = members.find(({ isLeader }) => isLeader);
  const voters = members.filter(({ isLearner }) => !isLearner);
  const healthy = voters.filter(({ state }) => state === 'healthy');
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={state} />}
        actions={
          isAdministrator && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
              {t('add.open')}
            </Button>
          )
        }
      />
      {status.isPending && <Loading />}
      {status.isError && <ErrorState error={status.error} onRetry={() => void status.refetch()} />}
      {status.data !== undefined && (
        <Stack gap="md">
          {!status.data.hasQuorum && (
            <Notice
              role="alert"
              tone="bad"
              icon={<IconAlertTriangle size={16} />}
              title={t('noQuorum.title')}
            >
              {t('noQuorum.text', {
                needed: Math.floor(voters.length / 2) + 1,
                all: voters.length,
              })}
            </Notice>
          )}
          <AlarmList alarms={status.data.alarms} members={members} mayDisarm={isAdministrator} />
          <FigureRow>
            <Figure
              label={t('figure.members')}
              value={`${format.number(healthy.length)} / ${format.number(voters.length)}`}
              tone={
                healthy.length === voters.length
                  ? 'good'
                  : status.data.hasQuorum
                    ? 'warning'
                    : 'bad'
              }
              detail={t('figure.membersDetail', {
                count: Math.max(0, healthy.length - Math.floor(voters.length / 2) - 1),
              })}
            />
            <Figure
              label={t('figure.leader')}
              value={leader?.name ?? '–'}
              detail={t('figure.term', { term: leader?.raftTerm ?? '–' })}
            />
            <Figure label={t('figure.revision')} value={format.number(status.data.revision ?? 0)} />
            <Figure
              label={t('figure.database')}
              value={format.bytes(bytes)}
              detail={t('figure.inUse', { bytes: format.bytes(bytesInUse) })}
            />
          </FigureRow>
          <Panel isFlush title={t('members')} aside={<Text fz="xs">{t('membersHint')}</Text>}>
            <MemberTable members={members} isAdministrator={isAdministrator} />
          </Panel>
          {isAdministrator && (
            <div className={classes.chores}>
              <BackupPanel />
              <HistoryPanel revision={status.data.revision ?? 0} />
            </div>
          )}
        </Stack>
      )}
      {isAdding && <AddMemberDialog onClose={() => setAdding(false)} />}
    </>
  );
}
