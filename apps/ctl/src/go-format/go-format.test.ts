/** Texts as Go has them: etcd's tools show and read keys, numbers and durations so. */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, parseDuration } from './duration.ts';
import { parseInteger } from './integer.ts';
import { quote, unquotePrefix } from './quote.ts';

test('what can be seen is quoted as it is, and all else as an escape', () => {
  equal(quote('a b"\\'), '"a b\\"\\\\"');
  equal(quote('\x07\b\f\n\r\t\v\x00\x7f'), '"\\a\\b\\f\\n\\r\\t\\v\\x00\\x7f"');
  equal(quote('é世🙂'), '"é世🙂"');
  equal(quote('\u200b\u00a0\u{e0001}'), '"\\u200b\\u00a0\\U000e0001"');
  equal(quote(Uint8Array.of(0x61, 0xff, 0xe4, 0xb8, 0x62)), '"a\\xff\\xe4\\xb8b"');
});

test('what was quoted is read back, bytes that are no text included', () => {
  for (const bytes of [
    [0x61, 0xff],
    [0xe4, 0xb8],
    [0x22, 0x5c, 0x0a],
    [0xf0, 0x9f, 0x99, 0x82],
  ]) {
    const unquoted = unquotePrefix(`${quote(Uint8Array.from(bytes))} rest`);
    deepEqual([...(unquoted?.bytes ?? [])], bytes);
    equal(unquoted?.rest, ' rest');
  }
  deepEqual([...(unquotePrefix('`a\\n`')?.bytes ?? [])], [0x61, 0x5c, 0x6e]);
  deepEqual([...(unquotePrefix('"\\101\\u00e9\\U0001F642"')?.bytes ?? [])].length, 7);
  for (const text of ['a', '"a', '"\\q"', '"\\777"', '"\\ud800"']) {
    equal(unquotePrefix(text), undefined, text);
  }
});

test('integers are read in their base and in 64 bits', () => {
  equal(parseInteger('ff', 'ParseInt', 16), 255n);
  equal(parseInteger('-ff', 'ParseInt', 16), -255n);
  equal(parseInteger('0x1f', 'ParseInt', 0), 31n);
  equal(parseInteger('017', 'ParseInt', 0), 15n);
  equal(parseInteger('1_000', 'ParseInt', 0), 1000n);
  equal(parseInteger('18446744073709551615', 'ParseUint', 10), 2n ** 64n - 1n);
  throws(() => parseInteger('9223372036854775808', 'ParseInt', 10), {
    message: 'strconv.ParseInt: parsing "9223372036854775808": value out of range',
  });
  for (const text of ['', 'x', '1.5', ' 1', '1_000', '0x10']) {
    throws(() => parseInteger(text, 'ParseInt', 10), /invalid syntax$/, text);
  }
  throws(() => parseInteger('-1', 'ParseUint', 10), /ParseUint: .*invalid syntax/);
});

test('durations are read and shown with their units', () => {
  equal(parseDuration('1m30s'), 90_000);
  equal(parseDuration('1.5h'), 5_400_000);
  equal(parseDuration('-250ms'), -250);
  equal(parseDuration('0'), 0);
  throws(() => parseDuration('5'), { message: 'time: missing unit in duration "5"' });
  throws(() => parseDuration('5y'), { message: 'time: unknown unit "y" in duration "5y"' });
  throws(() => parseDuration('x'), { message: 'time: invalid duration "x"' });
  const shown = [0, 0.000_5, 0.693_163, 1.234_5, 1000, 1_000.7, 90_000, 3_600_000, 5_000].map(
    formatDuration,
  );
  equal(shown.join(' '), '0s 500ns 693.163µs 1.2345ms 1s 1.0007s 1m30s 1h0m0s 5s');
});
