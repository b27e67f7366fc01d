/** Edits a key's value. Saving is a compare-and-swap; where somebody was faster, both sides are shown. */
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '../editor/lazy-editor.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { KeyConflict } from './key-conflict.tsx';
import { isChanged } from './key-edit.ts';
import type { Entry } from './key-requests.ts';
import { LeaseField } from './new-key-dialog.tsx';
import { useKeyEditing, type KeyEditing } from './use-key-editing.ts';
import { bestFormat } from './value-formats.ts';
import { spellingOf, SPELLINGS } from './value-spelling.ts';
import { bytesOf, type WireBytes } from './wire-bytes.ts';

export interface KeyEditorProps {
  readonly wireKey: WireBytes;
  readonly entry: Entry;
  readonly onDone: () => void;
}

export function KeyEditor({ wireKey, entry, onDone }: KeyEditorProps) {
  const { t } = useTranslation('keys');
  const editing = useKeyEditing(wireKey, entry, onDone);
  const { edit, send, lease } = editing;
  const bytes = bytesOf(entry.value ?? { text: '' });
  const format = editing.spelling === 'text' ? textFormatOf(bytes) : 'text';
  if (edit.state === 'reading') return null;
  if (edit.state === 'conflict') {
    return <KeyConflict conflict={edit} format={format} onChoose={send} onCancel={onDone} />;
  }
  return (
    <Panel title={t('edit')} aside={<SpellingChoice editing={editing} bytes={bytes} />}>
      <Stack gap="md">
        <CodeEditor
          value={edit.draft}
          format={format}
          label={t('column.value')}
          onChange={(next) => send({ type: 'typed', draft: next })}
          onSave={() => void editing.save()}
          minHeight={220}
        />
        <LeaseField value={lease} onChange={editing.setLease} />
        <ProblemNote error={editing.failure} />
        <SaveBar
          base={edit.base.revision}
          isSaving={edit.state === 'saving'}
          isUnchanged={!isChanged(edit) && lease === (entry.lease ?? '')}
          onCancel={onDone}
          onSave={() => void editing.save()}
        />
      </Stack>
    </Panel>
  );
}

/** As letters or as digits: until something is typed, which would be lost. */
function SpellingChoice(props: { readonly editing: KeyEditing; readonly bytes: Uint8Array }) {
  const { t } = useTranslation('keys');
  const { edit, spelling, spellAs } = props.editing;
  return (
    <SegmentedControl
      aria-label={t('spelling')}
      value={spelling}
      disabled={isChanged(edit)}
      onChange={spellAs}
      data={SPELLINGS.map((value) => ({
        value,
        label: t(`format.${value}`),
        disabled: value === 'text' && spellingOf(props.bytes) !== 'text',
      }))}
    />
  );
}

interface SaveBarProps {
  /** The revision that the save is meant for; 0: there must be none. */
  readonly base: number;
  readonly isSaving: boolean;
  readonly isUnchanged: boolean;
  readonly onCancel: () => void;
  readonly onSave: () => void;
}

function SaveBar({ base, isSaving, isUnchanged, onCancel, onSave }: SaveBarProps) {
  const { t } = useTranslation(['keys', 'shell']);
  return (
    <Group justify="space-between" gap="xs">
      <Text fz="xs" c="dimmed">
        {base === 0 ? t('savesAnew') : t('savesIf', { revision: base })}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={onCancel} disabled={isSaving}>
          {t('shell:action.cancel')}
        </Button>
        <Button onClick={onSave} loading={isSaving} disabled={isUnchanged}>
          {t('shell:action.save')}
        </Button>
      </Group>
    </Group>
  );
}

function textFormatOf(bytes: Uint8Array): 'json' | 'yaml' | 'text' {
  const best = bestFormat(bytes);
  return best === 'json' || best === 'yaml' ? best : 'text';
}
