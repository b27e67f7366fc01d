/** One item: what is live, what is being worked on, its releases, who has applied it, and what somebody would get. */
import { Badge, Button, Stack, Tabs } from '@mantine/core';
import { IconEye, IconEyeOff, IconRotate, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { withParameters } from '../time-travel/view-address.ts';
import type { StreamState } from '../live/event-stream.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useLiveRefresh } from '../live/use-live.ts';
import { useMayWrite } from '../session/use-may.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { Loading } from '../widgets/loading.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import { AcknowledgementPanel } from './acknowledgement-panel.tsx';
import { draftOf, historyOf, item, type Draft, type Item } from './config-requests.ts';
import classes from './configuration.module.css';
import { DeleteItemDialog } from './delete-item-dialog.tsx';
import { DraftPane } from './draft-pane.tsx';
import { EffectivePanel } from './effective-panel.tsx';
import { GrayTracks } from './gray-tracks.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { itemKey, itemPath, type ItemAddress } from './item-address.ts';
import { LivePane } from './live-pane.tsx';
import { ReleaseWizard } from './release-wizard.tsx';
import { RollbackDialog } from './rollback-dialog.tsx';
import { RolloutPanel } from './rollout-panel.tsx';

const TABS = ['content', 'history', 'acknowledgements', 'effective'] as const;

export function ItemPage() {
  const { t } = useTranslation('configuration');
  const [search, setSearch] = useSearchParams();
  const address = {
    namespace: search.get('namespace') ?? 'default',
    path: search.get('path') ?? '',
  };
  const tab = TABS.find((one) => one === search.get('tab')) ?? 'content';
  const [reveals, setReveals] = useState(false);
  const live = useQuery(item(address, reveals));
  // What is live tells whether there is a draft; of what was never released only the draft can.
  const hasDraft = live.data === null || live.data?.draft !== undefined;
  const drafted = useQuery({
    ...draftOf(address, reveals, live.data ?? undefined),
    enabled: hasDraft,
    placeholderData: keepPreviousData,
  });
  const draft = hasDraft ? (drafted.data ?? undefined) : undefined;
  const history = useQuery(historyOf(address));
  const state = useLiveRefresh(`${itemPath(address)}/watch`, ['configuration']);
  const [to, setTo] = useState<number>();
  const [isDeleting, setDeleting] = useState(false);
  // The wizard outlives the draft that it releases.
  const [released, setReleased] = useState<Draft>();
  const shown = live.data ?? undefined;
  // What was live before: the newest release of the base below the one that is.
  const previous = history.data?.items.find(
    ({ release, track, kind }) =>
      track === 'base' && kind === 'release' && release < (shown?.release ?? 0),
  );
  // Who was refused can go back.
  const isSecret = reveals || shown?.secret === true || draft?.secret === true;
  return (
    <>
      <ItemHeader
        address={address}
        shown={shown}
        isSecret={isSecret}
        reveals={reveals}
        state={state}
        previous={previous?.release}
        onReveal={() => setReveals(!reveals)}
        onRestore={setTo}
        onDelete={() => setDeleting(true)}
      />
      <Stack gap="md">
        <Tabs
          value={tab}
          onChange={(next) =>
            setSearch(
              withParameters(search, { tab: next === 'content' ? undefined : (next ?? undefined) }),
            )
          }
        >
          <Tabs.List>
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        {shown !== undefined && shown.gray.length > 0 && <RolloutPanel address={address} />}
        {tab === 'content' && (
          <ItemContent live={live} isLoading={live.isPending || drafted.isLoading}>
            <div className={classes.panes}>
              <LivePane address={address} live={shown} />
              <DraftPane address={address} live={shown} draft={draft} onRelease={setReleased} />
            </div>
            {shown !== undefined && shown.gray.length > 0 && (
              <GrayTracks address={address} live={shown} />
            )}
          </ItemContent>
        )}
        {tab === 'history' && (
          <HistoryPanel address={address} live={shown?.release ?? 0} onRestore={setTo} />
        )}
        {tab === 'acknowledgements' && <AcknowledgementPanel address={address} />}
        {tab === 'effective' && <EffectivePanel address={address} />}
      </Stack>
      {to !== undefined && shown !== undefined && (
        <RollbackDialog address={address} live={shown} to={to} onClose={() => setTo(undefined)} />
      )}
      {released !== undefined && (
        <ReleaseWizard
          address={address}
          live={shown}
          draft={released}
          onClose={() => setReleased(undefined)}
        />
      )}
      {isDeleting && shown !== undefined && (
        <DeleteItemDialog address={address} live={shown} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

/** Both panes at once, so that nothing jumps; or why there are none. */
function ItemContent(props: {
  readonly live: { readonly error: Error | null; readonly refetch: () => unknown };
  readonly isLoading: boolean;
  readonly children: ReactNode;
}) {
  const { live, isLoading, children } = props;
  if (live.error !== null)
    return <ErrorState error={live.error} onRetry={() => void live.refetch()} />;
  return isLoading ? <Loading /> : children;
}

function ItemHeader(props: {
  readonly address: ItemAddress;
  readonly shown: Item | undefined;
  readonly isSecret: boolean;
  readonly reveals: boolean;
  readonly state: StreamState;
  /** The release of before, if there is one. */
  readonly previous: number | undefined;
  readonly onReveal: () => void;
  readonly onRestore: (release: number | undefined) => void;
  readonly onDelete: () => void;
}) {
  const { address, shown, isSecret, reveals, previous } = props;
  const { t } = useTranslation('configuration');
  const mayWrite = useMayWrite(itemKey(address));
  return (
    <PageHeader
      isName
      title={address.path}
      above={[
        {
          label: t('title'),
          to: `/configuration?namespace=${encodeURIComponent(address.namespace)}`,
        },
      ]}
      mark={
        <>
          {shown !== undefined && <Badge variant="default">{shown.format.toUpperCase()}</Badge>}
          {isSecret && <Badge color="yellow">{t('secret')}</Badge>}
          <LiveMark state={props.state} />
        </>
      }
      actions={
        <>
          {isSecret && (
            <Button
              variant="default"
              leftSection={reveals ? <IconEyeOff size={14} /> : <IconEye size={14} />}
              onClick={props.onReveal}
            >
              {t(reveals ? 'mask' : 'reveal')}
            </Button>
          )}
          <GuardedButton
            variant="default"
            leftSection={<IconRotate size={14} />}
            isPermitted={mayWrite}
            disabled={previous === undefined}
            onClick={() => props.onRestore(previous)}
          >
            {t('rollback.previous')}
          </GuardedButton>
          <GuardedButton
            variant="default"
            leftSection={<IconTrash size={14} color="var(--bad-mark)" />}
            isPermitted={mayWrite}
            disabled={shown === undefined}
            onClick={props.onDelete}
          >
            {t('delete.verb')}
          </GuardedButton>
        </>
      }
    />
  );
}
