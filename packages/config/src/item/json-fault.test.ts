/** Where JSON breaks: never later than the engine says, and always somewhere in the text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findJsonFault } from './json-fault.ts';

/** What the engine says of `text`: its error's position if it tells one; undefined if the text is JSON. */
function engineFault(text: string): { position: number | undefined } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const position = / at position (\d+)/.exec(String(error))?.[1];
    return { position: position === undefined ? undefined : Number(position) };
  }
}

test('a document with one character changed, lost or added breaks where the engine says, or in that token', () => {
  const document = fc.json({ maxDepth: 3 });
  const change = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('lose', 'add', 'change', 'cut'),
    character: fc.constantFrom(...Array.from('{}[]",:0-.etfn\\ \n\u0001x')),
  });
  let faults = 0;
  fc.assert(
    fc.property(document, change, (text, { at, kind, character }) => {
      const index = at % (text.length + 1);
      const rest = text.slice(kind === 'add' ? index : index + 1);
      const broken =
        text.slice(0, index) + (kind === 'lose' ? rest : kind === 'cut' ? '' : character + rest);
      const engine = engineFault(broken);
      if (engine === undefined) return;
      faults++;
      const { offset, problem } = findJsonFault(broken);
      assert.ok(offset >= 0 && offset <= broken.length && problem !== '');
      if (engine.position === undefined) return;
      assert.ok(offset <= engine.position, `${offset} is after ${engine.position}`);
      // Between the two lies one token at most: a string that does not end, or nothing that separates values.
      const between = broken.slice(offset, engine.position);
      assert.ok(between.startsWith('"') || !/[{}[\]",]/.test(between), between);
    }),
    { numRuns: 3000 },
  );
  assert.ok(faults > 500, `only ${faults} documents were broken`);
});
