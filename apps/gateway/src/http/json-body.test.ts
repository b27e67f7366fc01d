import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { faultAt, parseJson } from './json-body.ts';
import { Problem } from './problem.ts';

test('a fault is told with its line and column', () => {
  const cases: [string, string][] = [
    ['{"a": 1,}', 'line 1, column 9'],
    ['{\n  "a": tru\n}', 'line 2, column 8'],
    ['[1 2]', 'line 1, column 4'],
    ['{"a"', 'line 1, column 5'],
    ['{"a": "\n"}', 'line 1, column 7'],
    ['nothing', 'line 1, column 1'],
    ['{} {}', 'line 1, column 4'],
  ];
  for (const [text, place] of cases) {
    assert.throws(
      () => parseJson(text),
      (error) => error instanceof Problem && error.details.detail.includes(place),
      text,
    );
  }
});

test('nesting is limited, and brackets in texts do not nest', () => {
  assert.throws(() => parseJson('['.repeat(65) + ']'.repeat(65)), Problem);
  assert.doesNotThrow(() => parseJson('['.repeat(64) + ']'.repeat(64)));
  assert.doesNotThrow(() => parseJson(JSON.stringify(['['.repeat(1000)])));
});

test('what breaks JSON is found at or before the place where it was broken', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('}', ']', ',', ':', '"', 'x', '\u0001'),
      (json, seed, broken) => {
        const at = seed % (json.length + 1);
        const text = json.slice(0, at) + broken + json.slice(at);
        let isBroken = false;
        try {
          JSON.parse(text);
        } catch {
          isBroken = true;
        }
        fc.pre(isBroken);
        const found = faultAt(text);
        assert.ok(found >= 0 && found <= text.length);
        // What stands before the place can be the beginning of JSON: no fault is nearer.
        assert.ok(
          faultAt(text.slice(0, found)) >= found || /[-\w."\\+]/.test(text[found - 1] ?? ''),
        );
      },
    ),
  );
});
