/**
 * Where a document stops being JSON. `JSON.parse` says where for some faults only and quotes the text instead,
 * which is no use to an editor and wrong for a secret. Runs only on what `JSON.parse` has refused.
 */

export interface JsonFault {
  readonly offset: number;
  readonly problem: string;
}

const space = /[ \t\n\r]*/y;
const scalar =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next: a value; a key (or the end of an empty object); what follows a value. */
type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'after';

/** The first place at which `content` breaks JSON's grammar. */
export function findJsonFault(content: string): JsonFault {
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let offset = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    const match = pattern.exec(content);
    if (match === null) return false;
    offset += match[0].length;
    return true;
  };
  for (;;) {
    skip(space);
    const next = content[offset];
    if (next === undefined) return { offset, problem: 'it ends early' };
    if (expected === 'after') {
      const inside = open.at(-1);
      if (inside === undefined) return { offset, problem: 'something follows the value' };
      if (next === ',') expected = inside === '{' ? 'key' : 'value';
      else if (next === (inside === '{' ? '}' : ']')) open.pop();
      else return { offset, problem: `a comma or the end of the ${nameOf(inside)} is missing` };
      offset++;
    } else if (expected === 'key' || expected === 'key-or-end') {
      if (next === '}' && expected === 'key-or-end') {
        open.pop();
        offset++;
        expected = 'after';
        continue;
      }
      if (next !== '"' || !skip(scalar)) return { offset, problem: 'a key in quotes is missing' };
      skip(space);
      if (content[offset] !== ':') return { offset, problem: 'a colon is missing' };
      offset++;
      expected = 'value';
    } else if (next === '{' || next === '[') {
      open.push(next);
      offset++;
      expected = next === '{' ? 'key-or-end' : 'value-or-end';
    } else if (next === ']' && expected === 'value-or-end') {
      open.pop();
      offset++;
      expected = 'after';
    } else if (skip(scalar)) {
      expected = 'after';
    } else {
      return { offset, problem: 'a value is missing' };
    }
  }
}

const nameOf = (bracket: '{' | '['): string => (bracket === '{' ? 'object' : 'array');
