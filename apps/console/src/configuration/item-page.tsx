/** One item: what is live, what is being worked on, its releases, who has applied it, and what somebody would get. */
import { Stack, Tabs } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { withParameters } from '../time-travel/view-address.ts';
import { useLiveRefresh } from '../live/use-live.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { AcknowledgementPanel } from './acknowledgement-panel.tsx';
import type { Draft } from './config-requests.ts';
import classes from './configuration.module.css';
import { DeleteItemDialog } from './delete-item-dialog.tsx';
import { DraftPane } from './draft-pane.tsx';
import { EffectivePanel } from './effective-panel.tsx';
import { GrayTracks } from './gray-tracks.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { itemPath, type ItemAddress } from './item-address.ts';
import { ItemHeader } from './item-header.tsx';
import { LivePane } from './live-pane.tsx';
import { ReleaseWizard } from './release-wizard.tsx';
import { RollbackDialog } from './rollback-dialog.tsx';
import { RolloutPanel } from './rollout-panel.tsx';
import { useItem, type ItemReading } from './use-item.ts';

export function ItemPage() {
  const [search] = useSearchParams();
  const address = {
    namespace: search.get('namespace') ?? 'default',
    path: search.get('path') ?? '',
  };
  const [reveals, setReveals] = useState(false);
  const reading = useItem(address, reveals);
  const { shown, draft } = reading;
  const state = useLiveRefresh(`${itemPath(address)}/watch`, ['configuration']);
  const [to, setTo] = useState<number>();
  const [isDeleting, setDeleting] = useState(false);
  // The wizard outlives the draft that it releases.
  const [released, setReleased] = useState<Draft>();
  return (
    <>
      <ItemHeader
        address={address}
        shown={shown}
        // Who was refused can go back.
        isSecret={reveals || shown?.secret === true || draft?.secret === true}
        reveals={reveals}
        state={state}
        previous={reading.previous}
        onReveal={() => setReveals(!reveals)}
        onRestore={setTo}
        onDelete={() => setDeleting(true)}
      />
      <ItemTabs address={address} reading={reading} onRestore={setTo} onRelease={setReleased} />
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

const TABS = ['content', 'history', 'acknowledgements', 'effective'] as const;

interface ItemTabsProps {
  readonly address: ItemAddress;
  readonly reading: ItemReading;
  readonly onRestore: (release: number) => void;
  readonly onRelease: (draft: Draft) => void;
}

/** What of the item is looked at is a part of the address; a rollout that is under way is above all of it. */
function ItemTabs({ address, reading, onRestore, onRelease }: ItemTabsProps) {
  const { t } = useTranslation('configuration');
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((one) => one === search.get('tab')) ?? 'content';
  const { shown } = reading;
  const panels: Readonly<Record<(typeof TABS)[number], () => ReactNode>> = {
    content: () => <ItemContent address={address} reading={reading} onRelease={onRelease} />,
    history: () => (
      <HistoryPanel address={address} live={shown?.release ?? 0} onRestore={onRestore} />
    ),
    acknowledgements: () => <AcknowledgementPanel address={address} />,
    effective: () => <EffectivePanel address={address} />,
  };
  return (
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
      {panels[tab]()}
    </Stack>
  );
}

/** Both panes at once, so that nothing jumps; or why there are none. */
function ItemContent(props: Omit<ItemTabsProps, 'onRestore'>) {
  const { address, reading, onRelease } = props;
  const { shown, draft, error } = reading;
  if (error !== null) return <ErrorState error={error} onRetry={reading.retry} />;
  if (reading.isLoading) return <Loading />;
  return (
    <>
      <div className={classes.panes}>
        <LivePane address={address} live={shown} />
        <DraftPane address={address} live={shown} draft={draft} onRelease={onRelease} />
      </div>
      {shown !== undefined && shown.gray.length > 0 && (
        <GrayTracks address={address} live={shown} />
      )}
    </>
  );
}
