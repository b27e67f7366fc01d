/** Who holds which lock, who waits for it, and who leads which election. */
import { Stack, Tabs } from '@mantine/core';
import { IconCrown, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { LiveMark } from '../live/live-mark.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { SearchField } from '../widgets/search-field.tsx';
import { ElectionTable } from './election-table.tsx';
import { useLinesLive } from './lock-requests.ts';
import { LockTable } from './lock-table.tsx';

export function LocksPage() {
  const { t } = useTranslation('locks');
  const [search, setSearch] = useSearchParams();
  const words = search.get('search') ?? '';
  const tab = search.get('tab') === 'elections' ? 'elections' : 'locks';
  const { state, refetchInterval } = useLinesLive(tab);
  const go = (next: { search?: string; tab?: string }) => {
    const parameters = new URLSearchParams({ search: next.search ?? words, tab: next.tab ?? tab });
    if (parameters.get('search') === '') parameters.delete('search');
    if (parameters.get('tab') === 'locks') parameters.delete('tab');
    setSearch(parameters);
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        mark={<LiveMark state={state} />}
      />
      <Stack gap="sm">
        <Tabs value={tab} onChange={(next) => go({ tab: next ?? 'locks' })}>
          <Tabs.List>
            <Tabs.Tab value="locks" leftSection={<IconLock size={14} />}>
              {t('tab.locks')}
            </Tabs.Tab>
            <Tabs.Tab value="elections" leftSection={<IconCrown size={14} />}>
              {t('tab.elections')}
            </Tabs.Tab>
          </Tabs.List>
        </Tabs>
        <SearchField label={t('search')} value={words} onChange={(next) => go({ search: next })} />
        {tab === 'locks' ? (
          <LockTable search={words} refetchInterval={refetchInterval} />
        ) : (
          <ElectionTable search={words} refetchInterval={refetchInterval} />
        )}
      </Stack>
    </>
  );
}
