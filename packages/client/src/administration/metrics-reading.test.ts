import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MetricsReading, quantile } from './metrics-reading.ts';

const text = `# HELP etcd_server_has_leader Whether or not a leader exists.
# TYPE etcd_server_has_leader gauge
etcd_server_has_leader 1
grpc_server_handled_total{grpc_code="OK",grpc_method="Put"} 5
grpc_server_handled_total{grpc_code="Internal",grpc_method="Put"} 2
grpc_server_handled_total{grpc_code="OK",grpc_method="Range"} 1.5e+03 1395066363000
odd{path="a \\"b\\" c",other="{x}"} 4
fsync_seconds_bucket{le="0.001"} 50
fsync_seconds_bucket{le="0.002"} 90
fsync_seconds_bucket{le="0.004"} 100
fsync_seconds_bucket{le="+Inf"} 100
`;

test('values are found by the first name that is there, and sums by a label', () => {
  const reading = new MetricsReading(text);
  assert.equal(reading.value('new_name', 'etcd_server_has_leader'), 1);
  assert.equal(reading.value('nothing'), undefined);
  assert.deepEqual(
    [...reading.by('grpc_server_handled_total', 'grpc_method')],
    [
      ['Put', 7],
      ['Range', 1500],
    ],
  );
  assert.deepEqual([...reading.by('odd', 'path')], [['a \\"b\\" c', 4]]);
});

test('a quantile lies between the bounds of its bucket by proportion', () => {
  const buckets = new MetricsReading(text).buckets('fsync_seconds');
  assert.deepEqual(buckets, [
    [0.001, 50],
    [0.002, 90],
    [0.004, 100],
  ]);
  assert.equal(quantile(buckets, 0.5), 0.001);
  assert.equal(quantile(buckets, 0.7), 0.0015);
  assert.equal(quantile(buckets, 0.95), 0.003);
});

test('a quantile of what happened between two readings leaves out what was before, and says nothing of nothing', () => {
  const before = new MetricsReading(text).buckets('fsync_seconds');
  const after = before.map(
    ([bound, count]) => [bound, count + (bound === 0.004 ? 10 : 0)] as const,
  );
  assert.equal(quantile(after, 0.5, before), 0.003);
  assert.equal(quantile(before, 0.5, before), undefined);
  assert.equal(quantile([], 0.5), undefined);
});
