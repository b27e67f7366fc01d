/**
 * Huffman decoding of HPACK strings (RFC 7541 section 5.2, appendix B), four bits at a time.
 *
 * The code is canonical: sorted by length and then by symbol, codes count upwards. So the lengths
 * alone define it, and the tables are built from them when the module loads. The shortest code has five
 * bits, so that a step of four bits completes at most one symbol.
 */

/** Code length in bits of each byte value; the end-of-string code is 30 one bits. */
const CODE_BITS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5,
  6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6,
  7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23,
  23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22,
  22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22,
  23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27,
  27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25,
  24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
];

const END_OF_STRING = 256;
const END_OF_STRING_BITS = 30;

/** Step result bits: the next state, the completed byte and two marks. */
const STATE_MASK = 0xffff;
const SYMBOL_SHIFT = 16;
const EMITS = 1 << 24;
const FAILS = 1 << 25;

/** `steps[state * 16 + nibble]`, and whether a string may end in a state. */
const { steps, accepting } = buildSteps();

/**
 * Decodes `source[start, end)` into `target` from its beginning; `target` must hold 8/5 of the input.
 * @returns the number of bytes written, or -1 when the input holds the end-of-string code or padding
 * that is longer than seven bits or not all ones.
 */
export function decodeHuffman(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
): number {
  let state = 0;
  let written = 0;
  for (let at = start; at < end; at++) {
    const byte = source[at]!;
    const high = steps[(state << 4) | (byte >>> 4)]!;
    if (high & EMITS) target[written++] = high >>> SYMBOL_SHIFT;
    const low = steps[((high & STATE_MASK) << 4) | (byte & 15)]!;
    if (low & EMITS) target[written++] = low >>> SYMBOL_SHIFT;
    if ((high | low) & FAILS) return -1;
    state = low & STATE_MASK;
  }
  return accepting[state] === 1 ? written : -1;
}

/** The code tree: `children[2 * node + bit]` is a node, or `~symbol` for a leaf. */
function buildTree(): number[] {
  const children: number[] = [0, 0];
  const symbols = CODE_BITS.map((bits, symbol) => ({ bits, symbol }));
  symbols.push({ bits: END_OF_STRING_BITS, symbol: END_OF_STRING });
  symbols.sort((a, b) => a.bits - b.bits || a.symbol - b.symbol);
  let code = 0;
  let codeBits = 0;
  for (const { bits, symbol } of symbols) {
    code <<= bits - codeBits;
    codeBits = bits;
    let node = 0;
    for (let shift = bits - 1; shift > 0; shift--) {
      const slot = 2 * node + ((code >>> shift) & 1);
      if (children[slot] === 0) {
        children[slot] = children.length / 2;
        children.push(0, 0);
      }
      node = children[slot]!;
    }
    children[2 * node + (code & 1)] = ~symbol;
    code++;
  }
  return children;
}

function buildSteps(): { steps: Int32Array; accepting: Uint8Array } {
  const children = buildTree();
  const states = children.length / 2;
  const table = new Int32Array(states * 16);
  for (let state = 0; state < states; state++) {
    for (let nibble = 0; nibble < 16; nibble++) {
      table[state * 16 + nibble] = step(children, state, nibble);
    }
  }
  const ends = new Uint8Array(states);
  let node = 0;
  for (let paddingBits = 0; paddingBits < 8; paddingBits++) {
    ends[node] = 1;
    node = children[2 * node + 1]!;
  }
  return { steps: table, accepting: ends };
}

function step(children: readonly number[], state: number, nibble: number): number {
  let node = state;
  let result = 0;
  for (let shift = 3; shift >= 0; shift--) {
    const next = children[2 * node + ((nibble >>> shift) & 1)]!;
    if (next >= 0) {
      node = next;
      continue;
    }
    if (~next === END_OF_STRING) return FAILS;
    result = EMITS | (~next << SYMBOL_SHIFT);
    node = 0;
  }
  return result | node;
}
