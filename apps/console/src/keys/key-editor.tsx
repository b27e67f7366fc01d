/** Edits a key's value. Saving is a compare-and-swap; where somebody was faster, both sides are shown. */
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestProblem } from '../api/problem.ts';
import { CodeEditor, DiffView } from '../editor/lazy-editor.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { isChanged, nextKeyEdit, type KeyEdit, type Seen } from './key-edit.ts';
import { readEntry, writeKey, type Entry } from './key-requests.ts';
import { LeaseField } from './new-key-dialog.tsx';
import { bestFormat } from './value-formats.ts';
import { readValue, spellingOf, spell, SPELLINGS, type Spelling } from './value-spelling.ts';
import { bytesOf, type WireBytes } from './wire-bytes.ts';
import { Notice } from '../widgets/notice.tsx';

export interface KeyEditorProps {
  readonly wireKey: WireBytes;
  readonly entry: Entry;
  readonly onDone: () => void;
}

export function KeyEditor({ wireKey, entry, onDone }: KeyEditorProps) {
  const { t } = useTranslation(['keys', 'shell']);
  const queries = useQueryClient();
  const bytes = bytesOf(entry.value ?? { text: '' });
  const [spelling, setSpelling] = useState<Spelling>(() => spellingOf(bytes));
  const seenOf = ({ value, modRevision }: Entry, as: Spelling): Seen => ({
    value: spell(bytesOf(value ?? { text: '' }), as),
    revision: modRevision,
  });
  const [edit, send] = useReducer(nextKeyEdit, entry, (opened): KeyEdit => {
    const base = seenOf(opened, spelling);
    return { state: 'editing', base, draft: base.value };
  });
  const [lease, setLease] = useState(entry.lease ?? '');
  const [failure, setFailure] = useState<unknown>();
  if (edit.state === 'reading') return null;
  const { draft } = edit;

  const save = async (): Promise<void> => {
    setFailure(undefined);
    try {
      const value = readValue(draft, spelling);
      send({ type: 'save' });
      await writeKey(wireKey, value, { seenRevision: edit.base.revision, lease: lease.trim() });
      send({ type: 'saved' });
      notifications.show({ message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['keys'] });
      onDone();
    } catch (error) {
      if (error instanceof RequestProblem && error.status === 412) {
        try {
          const theirs = await readEntry(wireKey);
          send({ type: 'moved', theirs: seenOf(theirs, spelling) });
          return;
        } catch (gone) {
          // It was deleted meanwhile: to save is to make it anew, and the base is that there is none.
          if (!(gone instanceof RequestProblem) || gone.status !== 404) setFailure(gone);
          else {
            send({ type: 'moved', theirs: { value: '', revision: 0 } });
            return;
          }
        }
      }
      send({ type: 'failed' });
      setFailure((before: unknown) => before ?? error);
    }
  };
  const format = spelling === 'text' ? textFormatOf(bytes) : 'text';
  if (edit.state === 'conflict') {
    return (
      <Panel title={t('conflict.title')}>
        <Stack gap="md">
          <Notice tone="warning" role="alert">
            {edit.theirs.revision === 0
              ? t('conflict.deleted')
              : t('conflict.text', { base: edit.base.revision, revision: edit.theirs.revision })}
          </Notice>
          <DiffView
            before={{
              text: edit.theirs.value,
              label: t('conflict.theirs', { revision: edit.theirs.revision }),
            }}
            after={{ text: draft, label: t('conflict.mine') }}
            format={format}
            onChange={(next) => send({ type: 'typed', draft: next })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('shell:action.cancel')}
            </Button>
            <Button variant="default" onClick={() => send({ type: 'take-theirs' })}>
              {t('conflict.takeTheirs')}
            </Button>
            <Button onClick={() => send({ type: 'keep-mine' })}>{t('conflict.keepMine')}</Button>
          </Group>
        </Stack>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('edit')}
      aside={
        <SegmentedControl
          aria-label={t('spelling')}
          value={spelling}
          disabled={isChanged(edit)}
          onChange={(next) => {
            setSpelling(next);
            send({ type: 'cancel' });
            send({ type: 'edit', seen: seenOf(entry, next) });
          }}
          data={SPELLINGS.map((value) => ({
            value,
            label: t(`format.${value}`),
            disabled: value === 'text' && spellingOf(bytes) !== 'text',
          }))}
        />
      }
    >
      <Stack gap="md">
        <CodeEditor
          value={draft}
          format={format}
          label={t('column.value')}
          onChange={(next) => send({ type: 'typed', draft: next })}
          onSave={() => void save()}
          minHeight={220}
        />
        <LeaseField value={lease} onChange={setLease} />
        <ProblemNote error={failure} />
        <Group justify="space-between" gap="xs">
          <Text fz="xs" c="dimmed">
            {edit.base.revision === 0
              ? t('savesAnew')
              : t('savesIf', { revision: edit.base.revision })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onDone} disabled={edit.state === 'saving'}>
              {t('shell:action.cancel')}
            </Button>
            <Button
              onClick={() => void save()}
              loading={edit.state === 'saving'}
              disabled={!isChanged(edit) && lease === (entry.lease ?? '')}
            >
              {t('shell:action.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Panel>
  );
}

function textFormatOf(bytes: Uint8Array): 'json' | 'yaml' | 'text' {
  const best = bestFormat(bytes);
  return best === 'json' || best === 'yaml' ? best : 'text';
}
