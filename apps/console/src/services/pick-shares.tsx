/** How often each instance was picked, beside how often it should have been, and why. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { CodeText } from '../widgets/code-text.tsx';
import { DataTable, type Column } from '../widgets/data-table.tsx';
import classes from './pick-simulator.module.css';
import type { Explanation } from './service-queries.ts';

type Row = Explanation['instances'][number] & { readonly picked: number };

export interface PickSharesProps {
  readonly explanation: Explanation;
  readonly picks: ReadonlyMap<string, number>;
}

export function PickShares({ explanation, picks }: PickSharesProps) {
  const { t } = useTranslation('services');
  const total = [...picks.values()].reduce((sum, count) => sum + count, 0) || 1;
  const rows = explanation.instances.map((one): Row => ({
    ...one,
    picked: picks.get(one.id) ?? 0,
  }));
  const largest = Math.max(
    ...rows.map(({ share, picked }) => Math.max(share, picked / total)),
    0.01,
  );
  const columns = useShareColumns(total, largest);
  return (
    <DataTable
      label={t('pick.result', { count: total })}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      initialOrder={{ column: 'share', direction: 'descending' }}
    />
  );
}

/** @param largest - the share that fills a bar */
function useShareColumns(total: number, largest: number): readonly Column<Row>[] {
  const { t } = useTranslation('services');
  const format = useFormat();
  const reasonOf = ({ reason, detail }: Row): string =>
    t(`pick.reason.${reason as 'pickable'}`, { defaultValue: detail });
  return [
    {
      id: 'id',
      header: t('column.instance'),
      width: 'minmax(120px, 1.2fr)',
      sortBy: ({ id }) => id,
      cell: ({ id }) => <CodeText>{id}</CodeText>,
    },
    {
      id: 'share',
      header: t('pick.picked'),
      width: 'minmax(180px, 3fr)',
      sortBy: ({ picked }) => picked,
      cell: ({ picked, share }) => (
        <ShareBar picked={picked / total} expected={share} largest={largest} />
      ),
    },
    {
      id: 'expected',
      header: t('pick.expected'),
      width: '80px',
      align: 'end',
      fromWidth: 520,
      sortBy: ({ share }) => share,
      cell: ({ share }) => format.share(share),
    },
    {
      id: 'effective',
      header: t('pick.effective'),
      width: '100px',
      align: 'end',
      fromWidth: 640,
      sortBy: ({ effectiveWeight }) => effectiveWeight,
      cell: ({ effectiveWeight }) => format.number(effectiveWeight),
    },
    {
      id: 'why',
      header: t('pick.why'),
      width: 'minmax(120px, 1.5fr)',
      fromWidth: 440,
      cell: (row) => (
        <Text span fz="sm" c={row.isPickable ? 'dimmed' : 'var(--warning)'} title={row.detail}>
          {reasonOf(row)}
        </Text>
      ),
    },
  ];
}

interface ShareBarProps {
  readonly picked: number;
  readonly expected: number;
  readonly largest: number;
}

function ShareBar({ picked, expected, largest }: ShareBarProps) {
  const format = useFormat();
  return (
    <span className={classes.share}>
      <span className={classes.track} aria-hidden>
        <span className={classes.picked} style={{ width: `${(picked / largest) * 100}%` }} />
        <span className={classes.expected} style={{ left: `${(expected / largest) * 100}%` }} />
      </span>
      <span className={classes.number}>{format.share(picked)}</span>
    </span>
  );
}
