/** What is being worked on, apart from what is live: edited, checked as one types, saved, and released. */
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconRocket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor, DiffView } from '../editor/lazy-editor.tsx';
import type { JsonSchema } from '../editor/schema-hints.ts';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ConfirmDialog } from '../widgets/confirm-dialog.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import {
  discardDraft,
  refreshItem,
  saveDraft,
  schemasOf,
  validationOf,
  type Draft,
  type Item,
  type Validation,
} from './config-requests.ts';
import { IssueLines } from './issue-lines.tsx';
import { itemKey, type ItemAddress } from './item-address.ts';
import { Notice } from '../widgets/notice.tsx';

/** Between the last key and the check. */
const CHECK_DEBOUNCE_MS = 400;

export interface DraftPaneProps {
  readonly address: ItemAddress;
  readonly live: Item | undefined;
  readonly draft: Draft | undefined;
  /** Somebody wants to release what they have written. */
  readonly onRelease: (draft: Draft) => void;
}

export function DraftPane({ address, live, draft, onRelease }: DraftPaneProps) {
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  const mayWrite = useMayWrite(itemKey(address));
  const begin = useMutation({
    mutationFn: () =>
      saveDraft(address, {
        content: live?.content ?? '',
        format: live?.format ?? 'text',
        base: live?.release ?? 0,
        ...(live?.secret === true && { secret: true }),
      }),
    onSuccess: () => refreshItem(queries, live !== undefined),
  });
  if (draft !== undefined) {
    // Another draft is another editor: what was typed belongs to the one before.
    return (
      <DraftEditor
        key={`${address.namespace}/${address.path}`}
        address={address}
        live={live}
        draft={draft}
        onRelease={onRelease}
      />
    );
  }
  return (
    <Panel title={<StatusDot tone="quiet">{t('draft')}</StatusDot>}>
      <EmptyState
        icon={IconPencil}
        title={t('draftPane.noneTitle')}
        actions={
          <>
            <GuardedButton
              isPermitted={mayWrite}
              loading={begin.isPending}
              disabled={live?.isMasked === true}
              onClick={() => begin.mutate()}
            >
              {t('draftPane.begin')}
            </GuardedButton>
            <ProblemNote error={begin.error} />
          </>
        }
      >
        {t(live?.isMasked === true ? 'draftPane.revealFirst' : 'draftPane.none')}
      </EmptyState>
    </Panel>
  );
}

function DraftEditor({
  address,
  live,
  draft,
  onRelease,
}: DraftPaneProps & { readonly draft: Draft }) {
  const { t } = useTranslation(['configuration', 'shell']);
  const format = useFormat();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const [view, setView] = useState<'edit' | 'difference'>('edit');
  const [isDiscarding, setDiscarding] = useState(false);
  const content = typed ?? draft.content ?? '';
  const isUnsaved = typed !== undefined && typed !== draft.content;
  const [settled] = useDebouncedValue(content, CHECK_DEBOUNCE_MS);
  const validation = useQuery({
    ...validationOf(address, settled, draft.format),
    enabled: settled !== '',
  });
  const schema = useDeclaredSchema(address);
  const save = useMutation({
    mutationFn: () =>
      saveDraft(address, {
        content,
        format: draft.format,
        base: draft.base,
        ...(draft.secret && { secret: true }),
      }),
    onSuccess: async () => {
      await refreshItem(queries, live !== undefined);
      notifications.show({ message: t('draftPane.saved') });
    },
  });
  const markers = useMarkers(validation.data);
  if (draft.isMasked) {
    return (
      <Panel title={<StatusDot tone="accent">{t('draft')}</StatusDot>}>
        <Notice tone="quiet">{t('masked')}</Notice>
      </Panel>
    );
  }
  return (
    <Panel
      title={
        <StatusDot tone={draft.isOutdated ? 'warning' : 'accent'}>
          {draft.base === 0
            ? t('draftPane.new')
            : t('draftPane.title', { base: format.number(draft.base) })}
        </StatusDot>
      }
      aside={
        <SegmentedControl
          aria-label={t('draftPane.view')}
          value={view}
          onChange={(next) => setView(next === 'edit' ? 'edit' : 'difference')}
          data={[
            { value: 'edit', label: t('draftPane.edit') },
            { value: 'difference', label: t('draftPane.difference') },
          ]}
        />
      }
    >
      <Stack gap="sm">
        {draft.isOutdated && <OutdatedNote address={address} draft={draft} content={content} />}
        {view === 'edit' ? (
          <CodeEditor
            value={content}
            format={draft.format}
            label={t('draft')}
            onChange={setTyped}
            onSave={() => save.mutate()}
            issues={markers}
            schema={schema}
            placeholder={t('draftPane.placeholder')}
            minHeight={220}
          />
        ) : (
          <DiffView
            before={{ text: live?.content ?? '', label: t('live.title') }}
            after={{ text: content, label: t('draft') }}
            format={draft.format}
          />
        )}
        <DraftFaults validation={validation.data} />
        <ProblemNote error={save.error} />
        <DraftActions
          address={address}
          draft={draft}
          isUnsaved={isUnsaved}
          isSaving={save.isPending}
          onDiscard={() => setDiscarding(true)}
          onSave={() => save.mutate()}
          onRelease={() => {
            if (isUnsaved)
              save.mutate(undefined, { onSuccess: () => onRelease({ ...draft, content }) });
            else onRelease({ ...draft, content });
          }}
        />
      </Stack>
      {isDiscarding && (
        <DiscardDialog address={address} draft={draft} onClose={() => setDiscarding(false)} />
      )}
    </Panel>
  );
}

/** What a running version refuses is marked where it stands, as what cannot be read is. */
function useMarkers(validation: Validation | undefined) {
  return useMemo(
    () => [
      ...(validation?.issues ?? []),
      ...(validation?.versions ?? []).flatMap(({ app, version, issues }) =>
        issues.map((issue) => ({ ...issue, message: `${app} ${version}: ${issue.message}` })),
      ),
    ],
    [validation],
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

/** Something else was released since the draft was begun. */
function OutdatedNote(props: {
  readonly address: ItemAddress;
  readonly draft: Draft;
  readonly content: string;
}) {
  const { address, draft, content } = props;
  const { t } = useTranslation('configuration');
  const queries = useQueryClient();
  const rebase = useMutation({
    mutationFn: () => saveDraft(address, { content, format: draft.format, base: draft.live }),
    onSuccess: () => refreshItem(queries, true),
  });
  return (
    <Notice tone="warning">
      <Stack gap="xs" align="flex-start">
        {t('draftPane.outdated', { base: draft.base, release: draft.live })}
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => rebase.mutate()}
          loading={rebase.isPending}
        >
          {t('draftPane.rebase', { release: draft.live })}
        </Button>
      </Stack>
    </Notice>
  );
}

/** What keeps the content from being read, or else from being applied by versions that run. */
function DraftFaults({ validation }: { readonly validation: Validation | undefined }) {
  const { t } = useTranslation('configuration');
  const issues = validation?.issues ?? [];
  const failing = validation?.versions.filter(({ state }) => state === 'invalid') ?? [];
  if (issues.length > 0) {
    return (
      <Notice tone="bad" py="xs" role="status">
        <IssueLines issues={issues.slice(0, 5)} />
      </Notice>
    );
  }
  if (failing.length === 0) return null;
  return (
    <Notice tone="warning" py="xs" role="status">
      {failing.map(({ app, version, instances, issues: [first] }) => (
        <Text key={`${app} ${version}`} fz="sm">
          {t('draftPane.failsFor', { app, version, count: instances })}
          {first !== undefined && `: ${first.path ?? ''} ${first.message}`}
        </Text>
      ))}
    </Notice>
  );
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
