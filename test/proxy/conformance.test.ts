/** Goal: what clients may expect holds through a proxy. Method: bodies of test/conformance, with a proxy before each server. */
process.env['CONCORD_PROXY'] = '1';
process.env['CONCORD_BACKENDS'] = 'concord';

await import('../conformance/txn.test.ts');
await import('../conformance/watch.test.ts');
