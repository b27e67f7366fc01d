/** The cluster: its members and how each is doing, alarms, and an operator's chores. */
import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveMark } from '../live/live-mark.tsx';
import { useIsAdministrator } from '../session/use-may.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Notice } from '../widgets/notice.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { AddMemberDialog } from './add-member-dialog.tsx';
import { AlarmList } from './alarm-list.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { useClusterStatus, type ClusterStatus } from './cluster-status.ts';
import classes from './cluster.module.css';
import { HistoryPanel } from './history-panel.tsx';
import { MemberFigures } from './member-figures.tsx';
import { MemberTable } from './member-table.tsx';
import { majorityOf } from './quorum.ts';

export function ClusterPage() {
  const { t } = useTranslation('cluster');
  const { status, state } = useClusterStatus();
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={state} />}
        actions={
          <GuardedButton
            isPermitted={useIsAdministrator()}
            takes="administrator"
            leftSection={<IconPlus size={14} />}
            onClick={() => setAdding(true)}
          >
            {t('add.open')}
          </GuardedButton>
        }
      />
      {status.isPending && <Loading />}
      {status.isError && <ErrorState error={status.error} onRetry={() => void status.refetch()} />}
      {status.data !== undefined && <ClusterContent status={status.data} />}
      {isAdding && <AddMemberDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function ClusterContent({ status }: { readonly status: ClusterStatus }) {
  const { t } = useTranslation('cluster');
  const { members, alarms, hasQuorum, revision = 0 } = status;
  return (
    <Stack gap="md">
      {!hasQuorum && <NoQuorum status={status} />}
      <AlarmList alarms={alarms} members={members} />
      <MemberFigures status={status} />
      <Panel isFlush title={t('members')} aside={<Text fz="xs">{t('membersHint')}</Text>}>
        <MemberTable members={members} />
      </Panel>
      <div className={classes.chores}>
        <BackupPanel />
        <HistoryPanel revision={revision} />
      </div>
    </Stack>
  );
}

function NoQuorum({ status: { members } }: { readonly status: ClusterStatus }) {
  const { t } = useTranslation('cluster');
  const voters = members.filter(({ isLearner }) => !isLearner).length;
  return (
    <Notice
      role="alert"
      tone="bad"
      icon={<IconAlertTriangle size={16} />}
      title={t('noQuorum.title')}
    >
      {t('noQuorum.text', { needed: majorityOf(voters), all: voters })}
    </Notice>
  );
}
