/** What was done lately, and by whom: the newest lines of the audit. */
import { Anchor, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { requestOf } from '../api/gateway.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { useLiveRefresh } from '../live/use-live.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import classes from './recent-changes.module.css';

interface AuditLine {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: 'done' | 'refused' | 'failed';
}

const SHOWN = 8;
/** While no stream comes through. */
const LOOK_MS = 5_000;

export function RecentChanges() {
  const { t } = useTranslation('overview');
  const state = useLiveRefresh('v1/audit/watch', ['audit', 'recent']);
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'recent'],
    queryFn: async () =>
      (await (await requestOf(`v1/audit?limit=${SHOWN}`)).json()) as { items: AuditLine[] },
    refetchInterval: state !== 'live' && LOOK_MS,
  });
  return (
    <Panel
      title={t('changes.title')}
      isFlush
      aside={
        <Anchor component={Link} to="/audit" fz="sm">
          {t('changes.all')}
        </Anchor>
      }
    >
      {data === undefined ? (
        error === null ? (
          <Loading lines={4} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : data.items.length === 0 ? (
        <Text c="dimmed" fz="sm" p="md">
          {t('changes.none')}
        </Text>
      ) : (
        <ul className={classes.changes}>
          {data.items.map((line) => (
            <Change key={line.id} line={line} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Change({ line: { at, actor, action, subject, outcome } }: { readonly line: AuditLine }) {
  const { t } = useTranslation('overview');
  const words = t(`action.${action as 'putKey'}`, { defaultValue: wordsOf(action) });
  return (
    <li className={classes.change} data-outcome={outcome}>
      <span className={classes.what}>
        <strong>{actor}</strong> {words} <Code>{nameIn(subject)}</Code>
        {outcome !== 'done' && (
          <Text span fz="xs" c="var(--bad)" ml={6}>
            {t(`changes.${outcome}`)}
          </Text>
        )}
      </span>
      <span className={classes.when}>
        <RelativeTime at={at} />
      </span>
    </li>
  );
}

/** The id of an operation that the catalogue does not know: `releaseConfig` is "release config". */
const wordsOf = (action: string): string =>
  action.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** What was changed, without the word for what it is, which the action has already. */
const nameIn = (subject: string): string => subject.replace(/^[a-z-]+ (?=.)/, '');
