/** What the table of keys tells of each. */
import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { LeaseLink } from '../leases/lease-link.tsx';
import { CodeText } from '../widgets/code-text.tsx';
import type { Column } from '../widgets/data-table.tsx';
import { keyOf, type Entry } from './key-requests.ts';
import { bytesOf, nameOf, textOf, toHex } from './wire-bytes.ts';

export function useKeyColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation('keys');
  const format = useFormat();
  return [
    {
      id: 'key',
      header: t('column.key'),
      width: 'minmax(180px, 1.4fr)',
      cell: (entry) => <CodeText>{nameOf(keyOf(entry))}</CodeText>,
    },
    {
      id: 'value',
      header: t('column.value'),
      width: 'minmax(120px, 1.2fr)',
      fromWidth: 560,
      cell: (entry) => <Preview entry={entry} />,
    },
    {
      id: 'bytes',
      header: t('column.size'),
      width: '80px',
      align: 'end',
      fromWidth: 760,
      cell: ({ valueBytes = 0 }) => format.bytes(valueBytes),
    },
    {
      id: 'revision',
      header: t('column.revision'),
      width: '90px',
      align: 'end',
      cell: ({ modRevision }) => format.number(modRevision),
    },
    {
      id: 'version',
      header: t('column.version'),
      width: '80px',
      align: 'end',
      fromWidth: 760,
      cell: ({ version }) => format.number(version),
    },
    {
      id: 'lease',
      header: t('column.lease'),
      width: '160px',
      fromWidth: 960,
      cell: ({ lease }) => lease !== undefined && <LeaseLink id={lease} />,
    },
  ];
}

/** The first letters of a value, on one line. */
function Preview({ entry: { value, isProtected, isTruncated } }: { readonly entry: Entry }) {
  const { t } = useTranslation('keys');
  if (isProtected === true) return <Badge variant="default">{t('protected')}</Badge>;
  if (value === undefined) return null;
  const bytes = bytesOf(value);
  const text = textOf(bytes);
  return (
    <Text span fz="xs" c="dimmed" ff="monospace">
      {(text ?? toHex(bytes)).replace(/\s+/g, ' ')}
      {isTruncated === true && '…'}
    </Text>
  );
}
