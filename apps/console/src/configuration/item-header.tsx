/** The head of an item's page: what it is, and what can be done to the whole of it. */
import { Badge, Button } from '@mantine/core';
import { IconEye, IconEyeOff, IconRotate, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StreamState } from '../live/event-stream.ts';
import { LiveMark } from '../live/live-mark.tsx';
import { useMayWrite } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { PageHeader } from '../widgets/page-header.tsx';
import type { Item } from './config-requests.ts';
import { itemKey, type ItemAddress } from './item-address.ts';

export interface ItemHeaderProps {
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
}

export function ItemHeader(props: ItemHeaderProps) {
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
          {isSecret && <RevealButton reveals={reveals} onClick={props.onReveal} />}
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

function RevealButton(props: { readonly reveals: boolean; readonly onClick: () => void }) {
  const { t } = useTranslation('configuration');
  const Mark = props.reveals ? IconEyeOff : IconEye;
  return (
    <Button variant="default" leftSection={<Mark size={14} />} onClick={props.onClick}>
      {t(props.reveals ? 'mask' : 'reveal')}
    </Button>
  );
}
