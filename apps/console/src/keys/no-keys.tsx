/** No key in sight: what keys are, and how the first one comes. */
import { Button } from '@mantine/core';
import { IconKey, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../widgets/empty-state.tsx';
import { Snippet } from '../widgets/snippet.tsx';

export interface NoKeysProps {
  readonly isAll: boolean;
  readonly isSearch: boolean;
  readonly onCreate: () => void;
}

export function NoKeys({ isAll, isSearch, onCreate }: NoKeysProps) {
  const { t } = useTranslation('keys');
  if (isSearch) {
    return (
      <EmptyState icon={IconSearch} title={t('empty.searchTitle')}>
        {t('empty.search')}
      </EmptyState>
    );
  }
  if (!isAll) {
    return (
      <EmptyState
        icon={IconKey}
        title={t('empty.prefixTitle')}
        actions={<Button onClick={onCreate}>{t('newKey')}</Button>}
      >
        {t('empty.prefix')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconKey}
      title={t('empty.title')}
      actions={
        <>
          <Button onClick={onCreate}>{t('newKey')}</Button>
          <Snippet forms={[{ name: 'etcdctl', code: 'etcdctl put /greeting hello' }]} />
        </>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}
