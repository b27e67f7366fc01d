/** The places in a lock's line: who holds it, or who waits for it in which order; each can be taken away. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../format/relative-time.tsx';
import { useFormat } from '../format/use-format.ts';
import { LeaseLink } from '../leases/lease-link.tsx';
import { useMayWrite } from '../session/use-may.ts';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import type { Place } from './lock-requests.ts';
import { RemainingTime } from './remaining-time.tsx';

export interface PlaceTableProps {
  readonly lock: string;
  readonly label: string;
  readonly places: readonly Place[];
  /** They wait: each is told by its number. */
  readonly isQueue?: boolean;
  /** What taking one away is called. */
  readonly verb: string;
  readonly onTake: (place: Place) => void;
  readonly empty?: ReactNode;
}

export function PlaceTable(props: PlaceTableProps) {
  const { lock, label, places, isQueue = false, verb, onTake, empty } = props;
  const claim = useClaimColumns();
  const time = useTimeColumns();
  const position = usePositionColumn(places);
  const take = useTakeColumn({ lock, verb, onTake });
  return (
    <DataTable
      label={label}
      columns={[...(isQueue ? [position] : []), ...claim, ...time, take]}
      rows={places}
      rowId={({ lease }) => lease}
      empty={empty}
      maxHeight="440px"
    />
  );
}

function usePositionColumn(places: readonly Place[]): Column<Place> {
  const format = useFormat();
  return {
    id: 'position',
    header: '#',
    width: '32px',
    cell: (place) => format.number(places.indexOf(place) + 1),
  };
}

/** Who it is, and what they have or want. */
function useClaimColumns(): readonly Column<Place>[] {
  const { t } = useTranslation('locks');
  const format = useFormat();
  return [
    {
      id: 'app',
      header: t('column.app'),
      width: 'minmax(90px, 1fr)',
      cell: ({ app }) =>
        app ?? (
          <Text span c="dimmed" fz="sm">
            {t('untold')}
          </Text>
        ),
    },
    {
      id: 'label',
      header: t('column.label'),
      width: 'minmax(80px, 1fr)',
      fromWidth: 560,
      cell: ({ label }) => label ?? '–',
    },
    {
      id: 'mode',
      header: t('column.mode'),
      width: '110px',
      fromWidth: 960,
      cell: ({ mode, count }) =>
        mode === 'permits' ? t('mode.permits', { count: count ?? 1 }) : t(`mode.${mode}`),
    },
    {
      id: 'token',
      header: t('column.token'),
      width: '80px',
      align: 'end',
      fromWidth: 440,
      cell: ({ token }) => format.number(token),
    },
  ];
}

/** Since when, and until when if nobody renews it. */
function useTimeColumns(): readonly Column<Place>[] {
  const { t } = useTranslation('locks');
  return [
    {
      id: 'since',
      header: t('column.since'),
      width: '110px',
      fromWidth: 860,
      cell: ({ since }) => (since === undefined ? '–' : <RelativeTime at={since} />),
    },
    {
      id: 'remaining',
      header: t('column.remaining'),
      width: '150px',
      fromWidth: 480,
      cell: (place) => <RemainingTime {...place} />,
    },
    {
      id: 'lease',
      header: t('column.lease'),
      width: '150px',
      fromWidth: 1060,
      cell: ({ lease }) => <LeaseLink id={lease} />,
    },
  ];
}

function useTakeColumn({
  lock,
  verb,
  onTake,
}: Pick<PlaceTableProps, 'lock' | 'verb' | 'onTake'>): Column<Place> {
  const mayWrite = useMayWrite(`${lock}/`, 'prefix');
  return {
    id: 'take',
    header: '',
    width: '120px',
    align: 'end',
    cell: (place) => (
      <GuardedButton
        isPermitted={mayWrite}
        variant="default"
        size="compact-xs"
        onClick={() => onTake(place)}
      >
        {verb}
      </GuardedButton>
    ),
  };
}
