/** A draft: typed, or looked at as the difference from what is live; saved, released or discarded. */
import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor, DiffView } from '../editor/lazy-editor.tsx';
import type { JsonSchema } from '../editor/schema-hints.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { discardDraft, refreshItem, schemasOf, type Draft, type Item } from './config-requests.ts';
import { DraftFaults, OutdatedNote } from './draft-notes.tsx';
import { itemKey, type ItemAddress } from './item-address.ts';
import { useDraftText, type DraftText } from './use-draft-text.ts';

type View = 'edit' | 'difference';

export interface DraftEditorProps {
  readonly address: ItemAddress;
  readonly live: Item | undefined;
  readonly draft: Draft;
  readonly onRelease: (draft: Draft) => void;
}

export function DraftEditor({ address, live, draft, onRelease }: DraftEditorProps) {
  const { t } = useTranslation('configuration');
  const text = useDraftText(address, draft, live !== undefined);
  const [view, setView] = useState<View>('edit');
  const [isDiscarding, setDiscarding] = useState(false);
  const { content } = text;
  const release = () => onRelease({ ...draft, content });
  return (
    <Panel title={<DraftTitle draft={draft} />} aside={<ViewChoice view={view} onView={setView} />}>
      <Stack gap="sm">
        {draft.isOutdated && <OutdatedNote address={address} draft={draft} content={content} />}
        {view === 'edit' ? (
          <DraftField address={address} draft={draft} text={text} />
        ) : (
          <DiffView
            before={{ text: live?.content ?? '', label: t('live.title') }}
            after={{ text: content, label: t('draft') }}
            format={draft.format}
          />
        )}
        <DraftFaults validation={text.validation} />
        <ProblemNote error={text.failure} />
        <DraftActions
          address={address}
          draft={draft}
          isUnsaved={text.isUnsaved}
          isSaving={text.isSaving}
          onDiscard={() => setDiscarding(true)}
          onSave={() => text.save()}
          onRelease={() => (text.isUnsaved ? text.save(release) : release())}
        />
      </Stack>
      {isDiscarding && (
        <DiscardDialog address={address} draft={draft} onClose={() => setDiscarding(false)} />
      )}
    </Panel>
  );
}

/** Which release it was begun from. */
function DraftTitle({ draft: { base, isOutdated } }: { readonly draft: Draft }) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  return (
    <StatusDot tone={isOutdated ? 'warning' : 'accent'}>
      {base === 0 ? t('draftPane.new') : t('draftPane.title', { base: format.number(base) })}
    </StatusDot>
  );
}

function ViewChoice(props: { readonly view: View; readonly onView: (view: View) => void }) {
  const { t } = useTranslation('configuration');
  return (
    <SegmentedControl
      aria-label={t('draftPane.view')}
      value={props.view}
      onChange={props.onView}
      data={[
        { value: 'edit', label: t('draftPane.edit') },
        { value: 'difference', label: t('draftPane.difference') },
      ]}
    />
  );
}

/** Where it is typed; who may not save it can only read it. */
function DraftField(props: {
  readonly address: ItemAddress;
  readonly draft: Draft;
  readonly text: DraftText;
}) {
  const { t } = useTranslation('configuration');
  const { address, draft, text } = props;
  const mayWrite = useMayWrite(itemKey(address));
  return (
    <CodeEditor
      value={text.content}
      format={draft.format}
      label={t('draft')}
      {...(mayWrite && { onChange: text.type, onSave: () => text.save() })}
      issues={text.markers}
      schema={useDeclaredSchema(address)}
      placeholder={t('draftPane.placeholder')}
      minHeight={220}
    />
  );
}

/** The version that most instances run is the one that the content is for. */
function useDeclaredSchema(address: ItemAddress): JsonSchema | undefined {
  const schemas = useQuery(schemasOf(address));
  const [declared] = [...(schemas.data?.items ?? [])].sort(
    (one, other) => other.instances - one.instances,
  );
  return declared?.schema;
}

function DraftActions(props: {
  readonly address: ItemAddress;
  readonly draft: Draft;
  readonly isUnsaved: boolean;
  readonly isSaving: boolean;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
  readonly onRelease: () => void;
}) {
  const { draft } = props;
  const { t } = useTranslation('configuration');
  const mayWrite = useMayWrite(itemKey(props.address));
  return (
    <Group justify="space-between" gap="xs">
      <Text fz="xs" c="dimmed" component="div">
        {t('draftPane.by', { by: draft.by })} <RelativeTime at={draft.at} />
      </Text>
      <Group gap="xs">
        <GuardedButton isPermitted={mayWrite} variant="default" onClick={props.onDiscard}>
          {t('draftPane.discard')}
        </GuardedButton>
        <GuardedButton
          isPermitted={mayWrite}
          variant="default"
          disabled={!props.isUnsaved}
          loading={props.isSaving}
          onClick={props.onSave}
        >
          {t('draftPane.save')}
        </GuardedButton>
        <GuardedButton
          isPermitted={mayWrite}
          leftSection={<IconRocket size={14} />}
          onClick={props.onRelease}
        >
          {t('draftPane.release')}
        </GuardedButton>
      </Group>
    </Group>
  );
}

function DiscardDialog(props: {
  readonly address: ItemAddress;
  readonly draft: Draft;
  readonly onClose: () => void;
}) {
  const { address, draft, onClose } = props;
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      title={t('draftPane.discardTitle')}
      verb={t('draftPane.discard')}
      onClose={onClose}
      onConfirm={async () => {
        await discardDraft(address);
        await refreshItem(queries, draft.live > 0);
      }}
    >
      <Text fz="sm">{t('draftPane.discardReach', { by: draft.by })}</Text>
    </ConfirmDialog>
  );
}
