/** What keeps the cluster from working as it should, with the way out of it. */
import { Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useIsAdministrator } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { disarm, type Alarm } from './cluster-requests.ts';
import type { MemberStatus } from './cluster-status.ts';
import { Notice } from '../widgets/notice.tsx';

export interface AlarmListProps {
  readonly alarms: readonly Alarm[];
  readonly members: readonly MemberStatus[];
}

export function AlarmList({ alarms, members }: AlarmListProps) {
  const { t } = useTranslation('cluster');
  const queries = useQueryClient();
  const isAdministrator = useIsAdministrator();
  const disarming = useMutation({
    mutationFn: disarm,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cluster'] }),
  });
  return alarms.map((alarm) => (
    <Notice
      key={`${alarm.member} ${alarm.kind}`}
      role="alert"
      tone="bad"
      icon={<IconAlertTriangle size={16} />}
      title={t(`alarm.${alarm.kind}`, {
        name: members.find(({ id }) => id === alarm.member)?.name ?? alarm.member,
      })}
    >
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw={720}>
          {t(`alarm.${alarm.kind}Remedy`)}
        </Text>
        <GuardedButton
          isPermitted={isAdministrator}
          takes="administrator"
          variant="default"
          loading={disarming.isPending}
          onClick={() => disarming.mutate(alarm)}
        >
          {t('alarm.disarm')}
        </GuardedButton>
      </Group>
      <ProblemNote error={disarming.error} />
    </Notice>
  ));
}
