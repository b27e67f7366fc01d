/** Which cluster the console shows, and whether it answers. */
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStaleSeconds } from '../api/freshness.ts';
import { useSession } from '../session/session.ts';
import { StatusDot } from '../widgets/status-dot.tsx';
import classes from './header.module.css';

const kindNames = { concord: 'Concord', etcd: 'etcd' } as const;

export function ClusterMark() {
  const { t } = useTranslation('shell');
  const { cluster } = useSession();
  const isAway = useStaleSeconds() !== undefined;
  return (
    <Tooltip label={t('cluster.id', { id: cluster.id })}>
      <span className={classes.cluster}>
        <StatusDot tone={isAway ? 'warning' : 'good'}>
          <span className={classes.kind}>{kindNames[cluster.kind]}</span> {cluster.version}
        </StatusDot>
        <span className={classes.id}>{cluster.id}</span>
      </span>
    </Tooltip>
  );
}
