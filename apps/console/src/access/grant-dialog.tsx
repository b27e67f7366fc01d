/** Gives a role a range of keys. */
import { Select, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { grant, type Access, type Role } from './access-requests.ts';
import { isWhole, writtenOf, type PermissionRange } from './permission-range.ts';

const ACCESSES: readonly Access[] = ['read', 'write', 'readwrite'];
const KINDS = ['prefix', 'key', 'between', 'from', 'all'] as const;
/** Where the parts of Concord keep what is theirs. */
const KNOWN_PREFIXES = ['/concord/registry/', '/concord/config/', '/concord/lock/'];

export function GrantDialog({
  role,
  onClose,
}: {
  readonly role: Role;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('access');
  const queries = useQueryClient();
  const [access, setAccess] = useState<Access>('read');
  const [kind, setKind] = useState<PermissionRange['kind']>('prefix');
  const [first, setFirst] = useState('');
  const [end, setEnd] = useState('');
  const range = rangeOfForm(kind, first, end);
  return (
    <ConfirmDialog
      title={t('roles.grantTitle', { name: role.name })}
      verb={t('roles.grant')}
      isDestructive={false}
      isBlocked={!isWhole(range)}
      onClose={onClose}
      onConfirm={async () => {
        await grant(role.name, access, writtenOf(range));
        await queries.invalidateQueries({ queryKey: ['access'] });
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('roles.access')}
          value={access}
          onChange={(next) => setAccess(next)}
          data={ACCESSES.map((value) => ({ value, label: t(`access.${value}`) }))}
        />
        <Select
          label={t('roles.range')}
          value={kind}
          onChange={(next) => setKind(next ?? 'prefix')}
          data={KINDS.map((value) => ({ value, label: t(`rangeKind.${value}`) }))}
          allowDeselect={false}
        />
        {kind !== 'all' && (
          <TextInput
            data-autofocus
            label={t(kind === 'prefix' ? 'roles.prefix' : 'roles.firstKey')}
            value={first}
            onChange={(event) => setFirst(event.currentTarget.value)}
            placeholder={KNOWN_PREFIXES[0]}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {kind === 'between' && (
          <TextInput
            label={t('roles.endKey')}
            value={end}
            onChange={(event) => setEnd(event.currentTarget.value)}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <Text fz="xs" c="dimmed">
          {t('roles.grantHint', { prefixes: KNOWN_PREFIXES.join('  ') })}
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}

function rangeOfForm(kind: PermissionRange['kind'], first: string, end: string): PermissionRange {
  switch (kind) {
    case 'all':
      return { kind };
    case 'prefix':
      return { kind, prefix: first };
    case 'key':
      return { kind, key: first };
    case 'from':
      return { kind, from: first };
    case 'between':
      return { kind, from: first, to: end };
  }
}
