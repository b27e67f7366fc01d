/** Begins an item: its path and format; its content is then written as a draft. */
import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { TEXT_FORMATS, formatOfName, type TextFormat } from '../editor/text-format.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { saveDraft } from './config-requests.ts';
import { isItemPath, itemPageOf } from './item-address.ts';

/** The least that a format takes for a document. */
const BLANK: Readonly<Record<TextFormat, string>> = {
  json: '{\n  \n}\n',
  yaml: '',
  toml: '',
  text: '',
};

export function NewItemDialog({
  namespace,
  onClose,
}: {
  readonly namespace: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('configuration');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [path, setPath] = useState('');
  const [chosen, choose] = useState<TextFormat>();
  const [secret, setSecret] = useState(false);
  const [space, setSpace] = useState(namespace);
  const format = chosen ?? (path.includes('.') ? formatOfName(path) : 'json');
  const address = { namespace: space, path };
  return (
    <ConfirmDialog
      title={t('new.title')}
      verb={t('new.verb')}
      isDestructive={false}
      isBlocked={!isItemPath(path) || !isItemPath(space)}
      onClose={onClose}
      onConfirm={async () => {
        await saveDraft(address, {
          content: BLANK[format],
          format,
          base: 0,
          ...(secret && { secret }),
        });
        await queries.invalidateQueries({ queryKey: ['configuration'] });
        await navigate(itemPageOf(address));
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('namespace')}
          value={space}
          onChange={(event) => setSpace(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          data-autofocus
          label={t('column.path')}
          description={t('new.pathHint')}
          placeholder="orders/db"
          value={path}
          error={path !== '' && !isItemPath(path) && t('new.badPath')}
          onChange={(event) => setPath(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Select
          label={t('column.format')}
          value={format}
          onChange={(next) => choose(next ?? undefined)}
          data={TEXT_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
          allowDeselect={false}
        />
        <Switch
          label={t('secret')}
          description={t('new.secretHint')}
          checked={secret}
          onChange={(event) => setSecret(event.currentTarget.checked)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
