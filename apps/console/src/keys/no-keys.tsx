/** No key in sight: what keys are, and how the first one comes. */
import { IconKey, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMayWrite } from '../session/use-may.ts';
import { EmptyState } from '../widgets/empty-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Snippet } from '../widgets/snippet.tsx';

export interface NoKeysProps {
  /** Where there are none; empty: nowhere. */
  readonly prefix: string;
  readonly isSearch: boolean;
  readonly onCreate: () => void;
}

export function NoKeys({ prefix, isSearch, onCreate }: NoKeysProps) {
  const { t } = useTranslation('keys');
  const create = (
    <GuardedButton isPermitted={useMayWrite(prefix, 'within')} onClick={onCreate}>
      {t('newKey')}
    </GuardedButton>
  );
  if (isSearch) {
    return (
      <EmptyState icon={IconSearch} title={t('empty.searchTitle')}>
        {t('empty.search')}
      </EmptyState>
    );
  }
  if (prefix !== '') {
    return (
      <EmptyState icon={IconKey} title={t('empty.prefixTitle')} actions={create}>
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
          {create}
          <Snippet forms={[{ name: 'etcdctl', code: 'etcdctl put /greeting hello' }]} />
        </>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}
