/** What an error tells, and who recognizes it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from './errors.ts';

test('the message names the operation, the problem and the remedy; the table says the rest', () => {
  const cause = new Error('below');
  const error = new ConcordError('UNAVAILABLE', {
    operation: 'kv.put',
    problem: 'no endpoint answers',
    remedy: 'check the network',
    subject: '/a',
    cause,
  });
  assert.equal(error.message, 'kv.put: no endpoint answers; check the network');
  assert.equal(error.name, 'ConcordError');
  assert.deepEqual([error.retryable, error.outcome, error.subject], [true, 'not-applied', '/a']);
  assert.equal(error.cause, cause);
});

test('an error can say more exactly what became of the request', () => {
  const details = {
    operation: 'kv.put',
    problem: 'x',
    outcome: 'unknown',
    retryable: false,
  } as const;
  const error = new ConcordError('UNAVAILABLE', details);
  assert.deepEqual([error.retryable, error.outcome], [false, 'unknown']);
});

test('errors of another copy of the package are recognized', async () => {
  const { ConcordError: Other } = (await import(`${import.meta.resolve('./errors.ts')}?copy`)) as {
    ConcordError: typeof ConcordError;
  };
  const error = new Other('CLOSED', { operation: 'x', problem: 'y' });
  assert.ok(!(error instanceof ConcordError));
  assert.ok(ConcordError.is(error));
  assert.ok(ConcordError.is(error, 'CLOSED'));
  assert.ok(!ConcordError.is(error, 'QUOTA'));
  assert.ok(!ConcordError.is(new Error('x')));
  assert.ok(!ConcordError.is({ code: 'CLOSED' }));
});
