/** What is known of a key beside its value, and how to read it elsewhere. */
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/gateway.ts';
import { readDocument, type Answer } from '../api/documents.ts';
import { useFormat } from '../format/use-format.ts';
import { LeaseLink } from '../leases/lease-link.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { snippetOf } from './key-snippets.ts';
import type { Entry } from './key-requests.ts';
import classes from './keys.module.css';
import type { WireBytes } from './wire-bytes.ts';

export interface KeyFactsProps {
  readonly wireKey: WireBytes;
  readonly entry: Entry;
  /** The revision that the page is of; undefined for now. */
  readonly revision: number | undefined;
}

export function KeyFacts({ wireKey, entry, revision }: KeyFactsProps) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const members = useQuery({
    queryKey: ['cluster', 'members'],
    queryFn: ({ signal }) => readDocument<Answer<'listMembers'>>('v1/cluster/members', {}, signal),
    staleTime: Infinity,
  });
  const where = {
    gateway: addressOf(''),
    endpoints: members.data?.members.flatMap(({ clientUrls }) => clientUrls) ?? [],
    ...(revision !== undefined && { revision }),
  };
  return (
    <Stack gap="md" miw={0}>
      <Panel title={t('facts')}>
        <dl className={classes.facts}>
          <dt>{t('column.modified')}</dt>
          <dd>{format.number(entry.modRevision)}</dd>
          <dt>{t('column.created')}</dt>
          <dd>{format.number(entry.createRevision)}</dd>
          <dt>{t('column.version')}</dt>
          <dd>{format.number(entry.version)}</dd>
          <dt>{t('column.size')}</dt>
          <dd>{entry.valueBytes === undefined ? '–' : format.bytes(entry.valueBytes)}</dd>
          <dt>{t('column.lease')}</dt>
          <dd>{entry.lease === undefined ? t('noLease') : <LeaseLink id={entry.lease} />}</dd>
        </dl>
      </Panel>
      <Snippet
        forms={[
          { name: 'etcdctl', code: snippetOf('etcdctl', wireKey, where) },
          { name: 'curl', code: snippetOf('curl', wireKey, where) },
          { name: 'SDK', code: snippetOf('sdk', wireKey, where) },
        ]}
      />
    </Stack>
  );
}
