/**
 * Command lines, environments and YAML files of flags that there are, with values near to right ones. Whatever is
 * given is taken, or refused with a ConfigurationError that names the flag, the variable, or the key.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '@concord/testing';
import { ConfigurationError } from '../../../apps/server/src/config/command-line.ts';
import { sections } from '../../../apps/server/src/config/config-file.ts';
import { configure } from '../../../apps/server/src/config/configuration.ts';
import { flags } from '../../../apps/server/src/config/flags.ts';
import { ignoredFlags } from '../../../apps/server/src/config/ignored-flags.ts';
import { mutate } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';

/** Between arguments, variables and the file; and between the items of each. */
const PART = '\u001d';
const ITEM = '\u001e';

const NAMES = [...Object.keys(flags), ...Object.keys(ignoredFlags), 'help', 'version'];
/** Whose files are read, and might be devices. */
const FILES = /(?:file|cert|key|cacert)$/;

/** A message names a flag, a variable, a key, or quotes what was given. */
const names = (message: string): boolean =>
  / --?\S|^--|"[^"]*"|ETCD_/.test(message) || NAMES.some((name) => message.includes(name));

const VALUES = [
  ...['true', 'false', '0', '1', '-1', '100', '1e3', '9007199254740993', '0x10', '1.5', 'NaN'],
  ...['5s', '1h30m', '300ms', '99999999999999h', '-5s', 'm1', 'default', '', ' ', ',', 'a,b', '*'],
  ...['http://127.0.0.1:2379', 'https://[::1]:2380', 'unix://a', 'http://a', 'http://:1', '://'],
  ...['m1=http://127.0.0.1:2380', 'm1=,m2=', 'm1=http://a:1,m1=http://b:2', 'new', 'existing'],
  ...['TLS1.2', 'TLS1.3', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'revision', 'periodic'],
  ...['{"maxsize":1}', '{', 'InitialCorruptCheck=true', 'stderr', '/nowhere/x', '\u0000', '\ud800'],
];

const YAML_PIECES = [
  ...[
    'a: &a [x, x, x, x, x, x]\n',
    'b: *a\n',
    '<<: *a\n',
    '? [1]\n: 2\n',
    '- 1\n',
    '--- \n',
    '...\n',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '!!binary ',
    '!!set ',
    '!foo ',
    '|\n  x\n',
    '>-\n',
    '# c\n',
    '%YAML 1.1\n',
  ],
  ...[
    '~',
    'null',
    '.inf',
    '.nan',
    '0o17',
    '2001-01-01',
    '__proto__: 1\n',
    'constructor: {}\n',
    '\t',
  ],
];

class ConfigurationSession implements FuzzSession {
  readonly #directory = mkdtempSync(join(tmpdir(), 'concord-fuzz-'));
  readonly #file = join(this.#directory, 'concord.yaml');

  next(random: Random): Uint8Array {
    const count = (): number => random.integer(0, 4);
    const args = Array.from({ length: count() }, () => argument(random)).flat();
    const variables = random.chance(0.5)
      ? []
      : Array.from({ length: count() }, () => variable(random));
    const yaml = random.chance(0.5) ? '' : document(random);
    const parts = [args, variables].map((items) => items.join(ITEM));
    const input = Buffer.from([...parts, yaml].join(PART));
    return random.chance(0.6) ? mutate(random, input, { dictionary }) : input;
  }

  run(input: Uint8Array): string {
    const [args = '', variables = '', ...yaml] = Buffer.from(input).toString().split(PART);
    const file = yaml.join(PART);
    const given = args === '' ? [] : args.split(ITEM);
    const environment = Object.fromEntries(
      variables.split(ITEM).map((text) => {
        const at = text.indexOf('=');
        return [text.slice(0, Math.max(0, at)), text.slice(at + 1)] as const;
      }),
    );
    if (file !== '') {
      writeFileSync(this.#file, file);
      given.push('--config-file', this.#file);
    }
    try {
      const command = configure(given, environment);
      return command.kind === 'run' ? 'taken' : command.kind;
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      assert.ok(names(error.message), `it names what is wrong: ${error.message}`);
      return 'refused';
    }
  }

  close(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

const dictionary = [...NAMES, ...VALUES, ...YAML_PIECES, PART, ITEM].map((text) =>
  Buffer.from(text),
);

function value(random: Random, name: string): string {
  if (FILES.test(name)) return random.pick(['', '/nowhere/x']);
  const flag = (flags as Readonly<Record<string, { readonly initial: string }>>)[name];
  return flag === undefined || random.chance(0.7) ? random.pick(VALUES) : flag.initial;
}

function argument(random: Random): string[] {
  const name = random.pick(NAMES);
  const dashes = random.pick(['--', '-']);
  if (random.chance(0.1)) return [`${dashes}${name}`];
  const text = value(random, name);
  return random.chance(0.5) ? [`${dashes}${name}=${text}`] : [`${dashes}${name}`, text];
}

function variable(random: Random): string {
  const name = random.pick(NAMES);
  return `ETCD_${name.toUpperCase().replaceAll('-', '_')}=${value(random, name)}`;
}

function document(random: Random): string {
  const lines = Array.from({ length: random.integer(1, 5) }, () => {
    if (random.chance(0.2)) return random.pick(YAML_PIECES);
    const section = random.pick(Object.entries(sections));
    if (random.chance(0.3)) {
      const keys = typeof section[1] === 'string' ? [] : Object.keys(section[1]);
      return `${section[0]}:\n  ${random.pick([...keys, 'x'])}: ${JSON.stringify(random.pick(VALUES))}`;
    }
    const name = random.pick(NAMES);
    const text = value(random, name);
    return `${name}: ${random.chance(0.5) ? JSON.stringify(text) : text}`;
  });
  return lines.join('\n');
}

export const configuration: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: () => new ConfigurationSession(),
};
