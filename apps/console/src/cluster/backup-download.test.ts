import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameOf, received, type Progress } from './backup-download.ts';

const answer = (chunks: readonly string[], headers: Record<string, string> = {}): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    }),
    { headers },
  );

test('progress is told with each piece, and the file is whole', async () => {
  const told: Progress[] = [];
  const file = await received(answer(['abc', 'de'], { 'content-length': '5' }), (progress) =>
    told.push(progress),
  );
  assert.equal(await file.text(), 'abcde');
  assert.deepEqual(told, [
    { bytes: 3, totalBytes: 5 },
    { bytes: 5, totalBytes: 5 },
  ]);
});

test('a backup that breaks off is a failure, not a file', async () => {
  await assert.rejects(
    received(answer(['abc'], { 'content-length': '5' }), () => undefined),
    /broke off after 3 of 5 bytes/,
  );
});

test('the gateway names the file, and a name is never a path', () => {
  assert.equal(
    fileNameOf(answer([], { 'content-disposition': 'attachment; filename="concord.db"' }), 'x'),
    'concord.db',
  );
  assert.equal(
    fileNameOf(answer([], { 'content-disposition': 'attachment; filename="../a"' }), 'x'),
    'x',
  );
  assert.equal(fileNameOf(answer([]), 'x'), 'x');
});
