/** What happened to the instances of a service, the newest first. */
import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { useTimeline, type TimelineEvent } from './service-queries.ts';
import classes from './timeline-panel.module.css';

export function TimelinePanel({ service }: { readonly service: string }) {
  return (
    <Panel isFlush>
      <TimelineEvents service={service} />
    </Panel>
  );
}

/** Of one instance where it is named. */
export function TimelineEvents(props: { readonly service: string; readonly instance?: string }) {
  const { service, instance } = props;
  const { t } = useTranslation('services');
  const format = useFormat();
  const { data, error, refetch } = useTimeline(service, instance);
  if (data === undefined) {
    if (error === null) return <Loading lines={4} />;
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data.items.length === 0) {
    return (
      <EmptyState icon={IconHistory} title={t('timeline.none')}>
        {t('timeline.noneExplanation', { since: format.moment(data.since) })}
      </EmptyState>
    );
  }
  return (
    <ol className={classes.events}>
      {data.items.map((event) => (
        <OneEvent key={`${event.revision}${event.instance}${event.kind}`} event={event} />
      ))}
    </ol>
  );
}

const bad: readonly TimelineEvent['kind'][] = ['expired'];
const decided: readonly TimelineEvent['kind'][] = [
  'override',
  'override-ended',
  'hold-released',
  'hold-extended',
];

function OneEvent({
  event: { at, kind, instance, detail, by },
}: {
  readonly event: TimelineEvent;
}) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const tone = bad.includes(kind) ? 'bad' : decided.includes(kind) ? 'decided' : 'usual';
  return (
    <li className={classes.event} data-tone={tone}>
      <time dateTime={at} className={classes.at} title={format.moment(at)}>
        {format.clock(at)}
      </time>
      <span className={classes.dot} aria-hidden />
      <span className={classes.what}>
        <Text span ff="monospace" fz="sm" fw={550}>
          {instance}
        </Text>{' '}
        {t(`timeline.kind.${kind}`)}
        <Text span c="dimmed" fz="sm">
          {' '}
          {detail}
          {by !== undefined && ` · ${t('timeline.by', { by })}`}
        </Text>
      </span>
    </li>
  );
}
