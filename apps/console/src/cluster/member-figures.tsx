/** The members together, in four figures: who answers, who leads, how far the store is, and how large. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { Figure, FigureRow } from '../widgets/figure.tsx';
import type { ClusterStatus } from './cluster-status.ts';
import { majorityOf } from './quorum.ts';

export function MemberFigures({ status }: { readonly status: ClusterStatus }) {
  const { t } = useTranslation('cluster');
  const format = useFormat();
  const { members, hasQuorum, revision = 0 } = status;
  const leader = members.find(({ isLeader }) => isLeader);
  const voters = members.filter(({ isLearner }) => !isLearner);
  const healthy = voters.filter(({ state }) => state === 'healthy');
  const largest = (sizes: readonly (number | undefined)[]): number =>
    Math.max(0, ...sizes.map((bytes = 0) => bytes));
  const bytes = largest(members.map(({ databaseBytes }) => databaseBytes));
  const bytesInUse = largest(members.map(({ databaseBytesInUse }) => databaseBytesInUse));
  return (
    <FigureRow>
      <Figure
        label={t('figure.members')}
        value={`${format.number(healthy.length)} / ${format.number(voters.length)}`}
        tone={healthy.length === voters.length ? 'good' : hasQuorum ? 'warning' : 'bad'}
        detail={t('figure.membersDetail', {
          count: Math.max(0, healthy.length - majorityOf(voters.length)),
        })}
      />
      <Figure
        label={t('figure.leader')}
        value={leader?.name ?? '–'}
        detail={t('figure.term', { term: leader?.raftTerm ?? '–' })}
      />
      <Figure label={t('figure.revision')} value={format.number(revision)} />
      <Figure
        label={t('figure.database')}
        value={format.bytes(bytes)}
        detail={t('figure.inUse', { bytes: format.bytes(bytesInUse) })}
      />
    </FigureRow>
  );
}
