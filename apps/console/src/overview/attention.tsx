/** What somebody should look at now; nothing where all is well. */
import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './attention.module.css';
import type { ClusterStatus } from '../cluster/cluster-status.ts';

export function Attention({ status }: { readonly status: ClusterStatus }) {
  const { t } = useTranslation('overview');
  const nameOf = (id: string): string => status.members.find((one) => one.id === id)?.name ?? id;
  const notes = [
    ...(status.hasQuorum ? [] : [t('attention.noQuorum')]),
    ...status.members
      .filter(({ state }) => state !== 'healthy')
      .map(({ name, id, state, problem }) =>
        [t(`attention.${state as 'unreachable'}`, { name: name || id }), problem]
          .filter((part) => part !== undefined)
          .join(' '),
      ),
    ...status.alarms.map(({ member, kind }) =>
      t(`attention.alarm.${kind}`, { name: nameOf(member) }),
    ),
  ];
  if (notes.length === 0) return null;
  return (
    <div className={classes.attention} role="alert">
      <IconAlertTriangle size={17} aria-hidden className={classes.mark} />
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Anchor component={Link} to="/cluster" fz="sm">
        {t('attention.toCluster')}
      </Anchor>
    </div>
  );
}
