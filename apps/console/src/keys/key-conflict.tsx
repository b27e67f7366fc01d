/** Somebody saved a key while it was edited here: both values side by side, and which of them goes on. */
import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DiffView } from '../editor/lazy-editor.tsx';
import type { TextFormat } from '../editor/text-format.ts';
import { Notice } from '../widgets/notice.tsx';
import { Panel } from '../widgets/panel.tsx';
import type { KeyEdit, KeyEditEvent } from './key-edit.ts';

export interface KeyConflictProps {
  readonly conflict: Extract<KeyEdit, { readonly state: 'conflict' }>;
  readonly format: TextFormat;
  readonly onChoose: (event: KeyEditEvent) => void;
  readonly onCancel: () => void;
}

export function KeyConflict({ conflict, format, onChoose, onCancel }: KeyConflictProps) {
  const { t } = useTranslation(['keys', 'shell']);
  const { base, theirs, draft } = conflict;
  return (
    <Panel title={t('conflict.title')}>
      <Stack gap="md">
        <Notice tone="warning" role="alert">
          {theirs.revision === 0
            ? t('conflict.deleted')
            : t('conflict.text', { base: base.revision, revision: theirs.revision })}
        </Notice>
        <DiffView
          before={{
            text: theirs.value,
            label: t('conflict.theirs', { revision: theirs.revision }),
          }}
          after={{ text: draft, label: t('conflict.mine') }}
          format={format}
          onChange={(next) => onChoose({ type: 'typed', draft: next })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('shell:action.cancel')}
          </Button>
          <Button variant="default" onClick={() => onChoose({ type: 'take-theirs' })}>
            {t('conflict.takeTheirs')}
          </Button>
          <Button onClick={() => onChoose({ type: 'keep-mine' })}>{t('conflict.keepMine')}</Button>
        </Group>
      </Stack>
    </Panel>
  );
}
