/** Items whose content has the words, with the lines that they stand on. */
import { Anchor, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { contentSearch } from './config-requests.ts';
import classes from './configuration.module.css';
import { itemPageOf } from './item-address.ts';

export function ContentHits({
  namespace,
  words,
}: {
  readonly namespace: string;
  readonly words: string;
}) {
  const { t } = useTranslation('configuration');
  const hits = useQuery(contentSearch(namespace, words));
  if (hits.isPending) return <Loading />;
  if (hits.isError) return <ErrorState error={hits.error} onRetry={() => void hits.refetch()} />;
  if (hits.data.items.length === 0) {
    return (
      <Panel>
        <EmptyState icon={IconSearch} title={t('empty.searchTitle')}>
          {t('empty.contentSearch')}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel isFlush>
      {hits.data.items.map(({ path, lines = [] }) => (
        <div key={path} className={classes.hit}>
          <Anchor component={Link} to={itemPageOf({ namespace, path })} ff="monospace" fz="sm">
            {path}
          </Anchor>
          {lines.map(({ line, text }) => (
            <span key={line} className={classes.line}>
              <Text span fz="xs" c="dimmed" mr={8}>
                {line}
              </Text>
              {text}
            </span>
          ))}
        </div>
      ))}
    </Panel>
  );
}
