/** What an API token is made of: its label, what it may do to which keys and services, and how long. */
import { Checkbox, Group, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useIsAdministrator } from '../session/use-may.ts';
import type { TokenScope } from './access-requests.ts';

const DAYS = ['7', '30', '90', '365', '731'] as const;

export interface TokenDraft {
  readonly label: string;
  readonly verbs: TokenScope['verbs'];
  /** Without any, and without services, it is good for all that its owner may. */
  readonly prefixes: string[];
  readonly services: string[];
  readonly days: (typeof DAYS)[number];
}

export const newTokenDraft: TokenDraft = {
  label: '',
  verbs: ['read'],
  prefixes: [],
  services: [],
  days: '90',
};

export const scopeOf = ({ verbs, prefixes, services }: TokenDraft): TokenScope => ({
  verbs,
  ...(prefixes.length > 0 && { prefixes }),
  ...(services.length > 0 && { services }),
});

export interface TokenFieldsProps {
  readonly draft: TokenDraft;
  readonly onChange: (draft: TokenDraft) => void;
}

export function TokenFields({ draft, onChange }: TokenFieldsProps) {
  const { t } = useTranslation('access');
  const isAdministrator = useIsAdministrator();
  const set = (change: Partial<TokenDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <TextInput
        data-autofocus
        label={t('column.label')}
        description={t('tokens.labelHint')}
        value={draft.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        autoComplete="off"
      />
      <Checkbox.Group
        label={t('tokens.verbs')}
        value={draft.verbs}
        onChange={(verbs) => set({ verbs })}
      >
        <Group gap="md" mt={6}>
          <Checkbox value="read" label={t('verb.read')} />
          <Checkbox value="write" label={t('verb.write')} />
          {isAdministrator && <Checkbox value="administer" label={t('verb.administer')} />}
        </Group>
      </Checkbox.Group>
      <TagsInput
        label={t('tokens.prefixes')}
        description={t('tokens.prefixesHint')}
        value={draft.prefixes}
        onChange={(prefixes) => set({ prefixes })}
        placeholder="/concord/config/"
        size="sm"
      />
      <TagsInput
        label={t('tokens.services')}
        description={t('tokens.servicesHint')}
        value={draft.services}
        onChange={(services) => set({ services })}
        size="sm"
      />
      <Select
        label={t('tokens.expiry')}
        value={draft.days}
        onChange={(days) => set({ days: days ?? newTokenDraft.days })}
        data={DAYS.map((value) => ({ value, label: t('tokens.days', { count: Number(value) }) }))}
        allowDeselect={false}
      />
    </>
  );
}
