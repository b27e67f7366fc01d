import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { Problem } from '../http/problem.ts';
import { ClusterCircuit } from './cluster-circuit.ts';

const away = () =>
  Promise.reject(new ConcordError('UNAVAILABLE', { operation: 'kv.get', problem: 'no answer' }));

test('a cluster that does not answer is not asked again at once', async () => {
  const circuit = new ClusterCircuit();
  await assert.rejects(circuit.ask(away), { code: 'UNAVAILABLE' });
  let asked = 0;
  await assert.rejects(
    circuit.ask(() => Promise.resolve((asked += 1))),
    (error) => error instanceof Problem && error.kind === 'cluster-away',
  );
  assert.equal(asked, 0);
});

test('a request that is refused for its content says nothing of the cluster', async () => {
  const circuit = new ClusterCircuit();
  const missing = () =>
    Promise.reject(new ConcordError('NOT_FOUND', { operation: 'kv.get', problem: 'no key' }));
  for (let i = 0; i < 10; i += 1) await assert.rejects(circuit.ask(missing), { code: 'NOT_FOUND' });
  assert.equal(circuit.isOpen, false);
});

test('a cluster that does not take a change of its members yet is there for everybody else', async () => {
  const circuit = new ClusterCircuit();
  const problem = 'a:1 says Unavailable: etcdserver: unhealthy cluster';
  const unhealthy = () =>
    Promise.reject(new ConcordError('UNAVAILABLE', { operation: 'cluster.add', problem }));
  await assert.rejects(circuit.ask(unhealthy), { code: 'UNAVAILABLE' });
  assert.equal(circuit.isOpen, false);
});
