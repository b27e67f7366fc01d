/** Names that etcd had up to 3.5 for what has another name now: dashboards of that time ask for them. */
import { counter, gauge, type Family } from './family.ts';
import type { StoreSources } from './store-families.ts';

export const formerFamilies = ({
  applied,
  store,
}: Omit<StoreSources, 'replica'>): readonly Family[] => [
  counter(
    'etcd_debugging_mvcc_range_total',
    'Total number of ranges seen by this member.',
    () => applied.ranges,
  ),
  counter(
    'etcd_debugging_mvcc_put_total',
    'Total number of puts seen by this member.',
    () => applied.puts,
  ),
  counter(
    'etcd_debugging_mvcc_delete_total',
    'Total number of deletes seen by this member.',
    () => applied.deletes,
  ),
  counter(
    'etcd_debugging_mvcc_txn_total',
    'Total number of txns seen by this member.',
    () => applied.txns,
  ),
  gauge(
    'etcd_debugging_mvcc_db_total_size_in_bytes',
    'Total size of the underlying database physically allocated in bytes.',
    () => store.size().allocatedBytes,
  ),
];
