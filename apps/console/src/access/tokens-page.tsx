/** API tokens: for programs; each has a scope and an end, and its text is shown once. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/gateway.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { Panel } from '../widgets/panel.tsx';
import { Snippet } from '../widgets/snippet.tsx';
import { revokeToken, tokenList, type Token } from './access-requests.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';

export function TokensPage() {
  const { t } = useTranslation('access');
  const queries = useQueryClient();
  const tokens = useQuery(tokenList());
  const [isCreating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<Token>();
  const columns = useTokenColumns(setRevoked);
  const create = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
      {t('tokens.new')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('tokens.title')}
        description={t('tokens.description')}
        actions={create}
      />
      {tokens.isPending && <Loading />}
      {tokens.isError && <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data !== undefined && (
        <Panel isFlush>
          <DataTable
            label={t('tokens.title')}
            columns={columns}
            rows={tokens.data.items}
            rowId={({ id }) => id}
            empty={
              <EmptyState
                icon={IconTicket}
                title={t('tokens.emptyTitle')}
                actions={
                  <Snippet
                    forms={[
                      {
                        name: 'curl',
                        code: `curl -H 'Authorization: Bearer concord_…' ${addressOf('v1/services')}`,
                      },
                    ]}
                  />
                }
              >
                {t('tokens.empty')}
              </EmptyState>
            }
          />
        </Panel>
      )}
      {isCreating && <NewTokenDialog onClose={() => setCreating(false)} />}
      {revoked !== undefined && (
        <ConfirmDialog
          title={t('tokens.revokeTitle', { label: revoked.label })}
          verb={t('tokens.revoke')}
          onClose={() => setRevoked(undefined)}
          onConfirm={async () => {
            await revokeToken(revoked.id);
            await queries.invalidateQueries({ queryKey: ['access', 'tokens'] });
          }}
        >
          <Text fz="sm">{t('tokens.revokeReach')}</Text>
        </ConfirmDialog>
      )}
    </>
  );
}

function useTokenColumns(onRevoke: (token: Token) => void): readonly Column<Token>[] {
  const { t } = useTranslation('access');
  return [
    {
      id: 'label',
      header: t('column.label'),
      width: 'minmax(130px, 1.2fr)',
      sortBy: ({ label }) => label,
      cell: ({ label, isExpired }) => (
        <Group gap={6} wrap="nowrap">
          <Text span fz="sm" fw={550} truncate>
            {label}
          </Text>
          {isExpired && <Badge variant="default">{t('tokens.expired')}</Badge>}
        </Group>
      ),
    },
    {
      id: 'owner',
      header: t('column.owner'),
      width: 'minmax(80px, 0.6fr)',
      fromWidth: 640,
      sortBy: ({ owner }) => owner,
      cell: ({ owner }) => owner,
    },
    {
      id: 'scope',
      header: t('column.scope'),
      width: 'minmax(140px, 1.4fr)',
      fromWidth: 760,
      cell: ({ scope }) => (
        <Text span fz="xs" c="dimmed">
          {scope.verbs.map((verb) => t(`verb.${verb}`)).join(', ')}
          {' · '}
          {[...(scope.prefixes ?? []), ...(scope.services ?? [])].join(', ') ||
            t('tokens.everything')}
        </Text>
      ),
    },
    {
      id: 'used',
      header: t('column.used'),
      width: '120px',
      fromWidth: 560,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? t('tokens.never') : <RelativeTime at={lastUsedAt} />,
    },
    {
      id: 'expires',
      header: t('column.expires'),
      width: '120px',
      sortBy: ({ expiresAt }) => expiresAt ?? '',
      cell: ({ expiresAt }) =>
        expiresAt === undefined ? t('tokens.noEnd') : <RelativeTime at={expiresAt} />,
    },
    {
      id: 'revoke',
      header: '',
      width: '90px',
      align: 'end',
      cell: (token) => (
        <Button variant="default" size="compact-xs" onClick={() => onRevoke(token)}>
          {t('tokens.revoke')}
        </Button>
      ),
    },
  ];
}
