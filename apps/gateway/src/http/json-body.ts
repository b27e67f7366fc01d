/** Bodies in JSON: read with a limit on how deep they are, and with the place of a fault in the answer. */
import { Problem } from './problem.ts';

/** Deeper than any document of this API; what is stringified again must not overflow the stack. */
const DEPTH_MAX = 64;

/** @throws Problem `malformed-body` that names the line and the column */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  const deep = tooDeepAt(text);
  if (deep !== undefined)
    throw malformed(text, deep, `it is nested more than ${DEPTH_MAX} levels deep`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const at = faultAt(text);
    const found =
      at >= text.length ? 'it ends too early' : `${JSON.stringify(text[at])} cannot stand here`;
    throw malformed(text, at, found);
  }
}

function malformed(text: string, at: number, what: string): Problem {
  const before = text.slice(0, at).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return new Problem('malformed-body', {
    detail: `the body is no JSON: at ${place} (position ${at}) ${what}`,
    errors: [{ field: 'body', message: `${place}: ${what}` }],
  });
}

/** Where a level too many begins. Brackets in texts do not count. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isText = false;
    } else if (code === QUOTE) isText = true;
    else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > DEPTH_MAX) return at;
    } else if (code === BRACE_END || code === BRACKET_END) depth -= 1;
  }
  return undefined;
}

const [QUOTE, BACKSLASH, BRACE, BRACE_END, BRACKET, BRACKET_END] = [34, 92, 123, 125, 91, 93];

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const SPACE = /[ \t\n\r]*/y;

/** What may come next: a value, a name, what stands behind either, or nothing. */
type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end' | 'nothing';

/** Where a text that `JSON.parse` refuses stops being JSON. V8 tells it of some faults alone. */
export function faultAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    const start = SPACE.lastIndex;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return start;
    at = TOKEN.lastIndex;
    const next = after(expected, token, open);
    if (next === undefined) return start;
    expected = next;
  }
}

/** What may follow `token`; `undefined` where it must not stand. Keeps `open`. */
function after(
  expected: Expected,
  [, mark, name, value]: RegExpExecArray,
  open: ('{' | '[')[],
): Expected | undefined {
  const behind = (): Expected => (open.length === 0 ? 'nothing' : ', or end');
  const mayBeValue = expected === 'value' || expected === 'value or ]';
  if (name !== undefined && expected.startsWith('name')) return ':';
  if (name !== undefined || value !== undefined) return mayBeValue ? behind() : undefined;
  if (mark === '{' || mark === '[') {
    if (!mayBeValue) return undefined;
    open.push(mark);
    return mark === '{' ? 'name or }' : 'value or ]';
  }
  if (mark === ':') return expected === ':' ? 'value' : undefined;
  const inner = open.at(-1);
  if (mark === ',') {
    if (expected !== ', or end') return undefined;
    return inner === '{' ? 'name' : 'value';
  }
  const mayEnd =
    expected === ', or end' || expected === (mark === '}' ? 'name or }' : 'value or ]');
  if (!mayEnd || inner !== (mark === '}' ? '{' : '[')) return undefined;
  open.pop();
  return behind();
}
