/** Reads the options from where they are given: flags win over the environment. */
import { z } from 'zod';
import { isLoopback } from '../access/access-mode.ts';
import { optionsSchema, type GatewayOptions } from './options.ts';

const PREFIX = 'CONCORD_GATEWAY_';

/** A setting that cannot be meant: its message names it, what was given and what is allowed. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

type Name = keyof typeof optionsSchema.shape;

const names = Object.keys(optionsSchema.shape) as Name[];
const flagOf = (name: Name): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const variableOf = (name: Name): string =>
  PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** @throws OptionsError */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): GatewayOptions {
  const given: Record<string, unknown> = {};
  for (const name of names) {
    const text = environment[variableOf(name)];
    if (text !== undefined) given[name] = parsed(name, text);
  }
  for (const [name, text] of flagsIn(argv)) given[name] = parsed(name, text);
  const result = optionsSchema.safeParse(given);
  if (result.success) return coherent(result.data);
  const [issue] = result.error.issues;
  const name = String(issue?.path[0]) as Name;
  throw new OptionsError(
    `${flagOf(name)} (${variableOf(name)}): ${issue?.message ?? ''}, given ${JSON.stringify(given[name])}`,
  );
}

/** What each option by itself cannot tell. */
function coherent(options: GatewayOptions): GatewayOptions {
  const { mode, listenHost, user, password, passwordFile, cert, key } = options;
  if (mode === 'development' && !isLoopback(listenHost)) {
    throw new OptionsError(
      `--mode development: everybody is the administrator then, so --listen-host has to be a loopback address such as 127.0.0.1, given ${JSON.stringify(listenHost)}; leave --mode out to serve others`,
    );
  }
  if (password !== undefined && passwordFile !== undefined)
    throw new OptionsError(`${variableOf('password')} and --password-file: give one of them`);
  if ((password ?? passwordFile) !== undefined && user === undefined)
    throw new OptionsError('a password without --user: say whose it is');
  if (
    user !== undefined &&
    password === undefined &&
    passwordFile === undefined &&
    cert === undefined
  )
    throw new OptionsError(
      `--user: give its password too, by --password-file or ${variableOf('password')}`,
    );
  if ((cert === undefined) !== (key === undefined))
    throw new OptionsError('--cert and --key: give both, or none');
  return options;
}

function* flagsIn(argv: readonly string[]): Generator<[Name, string]> {
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at]!;
    const [flag, inline] = argument.split(/=(.*)/s) as [string, string | undefined];
    const name = names.find((candidate) => flagOf(candidate) === flag);
    if (name === undefined) {
      throw new OptionsError(
        `${argument}: no such flag; the flags are ${names.map(flagOf).join(', ')}`,
      );
    }
    if (name === 'password') {
      throw new OptionsError(
        `--password: whoever lists processes would see it; give --password-file, or ${variableOf(name)}`,
      );
    }
    const text = inline ?? argv[(at += 1)];
    if (text === undefined) throw new OptionsError(`${flag}: it needs a value`);
    yield [name, text];
  }
}

/** Texts are all that flags and variables have: lists are parted by commas, numbers and truths are read. */
function parsed(name: Name, text: string): unknown {
  const schema = innermost(optionsSchema.shape[name]);
  if (schema instanceof z.ZodArray) return text.split(',').filter((part) => part !== '');
  if (schema instanceof z.ZodNumber) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema instanceof z.ZodBoolean)
    return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? innermost(schema.unwrap())
    : schema;
}
