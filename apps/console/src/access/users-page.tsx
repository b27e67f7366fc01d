/** Users and roles: who there is, what each role lets its users do, and changing both. */
import { Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../widgets/page-header.tsx';
import { RoleList } from './role-list.tsx';
import { UserTable } from './user-table.tsx';

export function UsersPage() {
  const { t } = useTranslation('access');
  const [search, setSearch] = useSearchParams();
  const tab = search.get('tab') === 'roles' ? 'roles' : 'users';
  return (
    <>
      <PageHeader title={t('users.title')} description={t('users.description')} />
      <Stack gap="sm">
        <Tabs value={tab} onChange={(next) => setSearch(next === 'roles' ? { tab: 'roles' } : {})}>
          <Tabs.List>
            <Tabs.Tab value="users">{t('users.tab')}</Tabs.Tab>
            <Tabs.Tab value="roles">{t('roles.tab')}</Tabs.Tab>
          </Tabs.List>
        </Tabs>
        {tab === 'users' ? <UserTable /> : <RoleList />}
      </Stack>
    </>
  );
}
