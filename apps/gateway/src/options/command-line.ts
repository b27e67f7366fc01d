/** Reads the options from where they are given: flags win over the environment, and that over the file. */
import { z } from 'zod';
import { isLoopback } from '../access/access-mode.ts';
import { readConfigFile } from './config-file.ts';
import {
  flagOf,
  innermost,
  isOurVariable,
  isSecret,
  optionNames,
  variableOf,
  wordOf,
  type OptionName,
} from './option-names.ts';
import { optionsSchema, type GatewayOptions } from './options.ts';
import { OptionsError } from './options-error.ts';

export { OptionsError } from './options-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Given = Map<OptionName, { readonly value: unknown; readonly place: string }>;

/** @throws OptionsError */
export function readOptions(argv: readonly string[], environment: Environment): GatewayOptions {
  const flags = [...flagsIn(argv)];
  const given: Given = new Map();
  const file =
    flags.findLast(([name]) => name === 'configFile')?.[1] ?? environment[variableOf('configFile')];
  if (file !== undefined) takeFile(file, given);
  takeEnvironment(environment, given);
  for (const [name, text] of flags)
    given.set(name, { value: parsed(name, text), place: flagOf(name) });
  const values = Object.fromEntries([...given].map(([name, { value }]) => [name, value]));
  const result = optionsSchema.safeParse(values);
  if (result.success) return coherent(result.data);
  const [issue] = result.error.issues;
  throw fault(String(issue?.path[0]) as OptionName, issue?.message ?? '', given);
}

function fault(name: OptionName, message: string, given: Given): OptionsError {
  const { value, place } = given.get(name) ?? { value: undefined, place: flagOf(name) };
  const shown = isSecret(name) ? 'something else' : JSON.stringify(value);
  const elsewhere = place === flagOf(name) ? '' : ` (${place})`;
  return new OptionsError(`${flagOf(name)}${elsewhere}: ${message}, given ${shown}`);
}

function takeFile(file: string, given: Given): void {
  const byWord = new Map<string, OptionName>(optionNames.map((name) => [wordOf(name), name]));
  for (const [word, value] of Object.entries(readConfigFile(file))) {
    const name = byWord.get(word);
    if (name === undefined || name === 'configFile')
      throw new OptionsError(`${file}: "${word}" is no option; ${near(word, [...byWord.keys()])}`);
    if (isSecret(name))
      throw new OptionsError(
        `${file}: "${word}" does not stand in this file, which many may read; give ${flagOf(name)}-file, or ${variableOf(name)}`,
      );
    given.set(name, { value, place: `${word} in ${file}` });
  }
}

function takeEnvironment(environment: Environment, given: Given): void {
  const byVariable = new Map<string, OptionName>(
    optionNames.map((name) => [variableOf(name), name]),
  );
  for (const [variable, text] of Object.entries(environment)) {
    if (text === undefined || !isOurVariable(variable)) continue;
    const name = byVariable.get(variable);
    if (name === undefined)
      throw new OptionsError(
        `${variable}: no such option; ${near(variable, [...byVariable.keys()])}`,
      );
    given.set(name, { value: parsed(name, text), place: variable });
  }
}

function* flagsIn(argv: readonly string[]): Generator<[OptionName, string]> {
  const byFlag = new Map<string, OptionName>(optionNames.map((name) => [flagOf(name), name]));
  for (let at = 0; at < argv.length; at += 1) {
    const [flag = '', inline] = argv[at]!.split(/=(.*)/s);
    const name = byFlag.get(flag);
    if (name === undefined) {
      throw new OptionsError(`${flag}: no such flag; ${near(flag, [...byFlag.keys()])}`);
    }
    if (isSecret(name)) {
      throw new OptionsError(
        `${flag}: whoever lists processes would see it; give ${flag}-file, or ${variableOf(name)}`,
      );
    }
    const text = inline ?? argv[(at += 1)];
    if (text === undefined) throw new OptionsError(`${flag}: it needs a value`);
    yield [name, text];
  }
}

/** The name that may have been meant. */
function near(given: string, names: readonly string[]): string {
  const letters = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
  const meant = names.find(
    (name) => letters(name).startsWith(letters(given)) || letters(given).startsWith(letters(name)),
  );
  return meant === undefined ? '--help lists them' : `did you mean ${meant}?`;
}

/** Texts are all that flags and variables have: lists are parted by commas, numbers and truths are read. */
function parsed(name: OptionName, text: string): unknown {
  const schema = innermost(optionsSchema.shape[name]);
  if (schema instanceof z.ZodArray) return text.split(',').filter((part) => part !== '');
  if (schema instanceof z.ZodNumber) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema instanceof z.ZodBoolean)
    return text === 'true' ? true : text === 'false' ? false : text;
  return text;
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
  if (user !== undefined && password === undefined && passwordFile === undefined)
    throw new OptionsError(
      `--user: give its password too, by --password-file or ${variableOf('password')}`,
    );
  if ((cert === undefined) !== (key === undefined))
    throw new OptionsError('--cert and --key: give both, or none');
  const { oidcIssuer, oidcClientId, oidcRedirectUrl } = options;
  const oidc = [oidcIssuer, oidcClientId, oidcRedirectUrl].filter((one) => one !== undefined);
  if (oidc.length > 0 && oidc.length < 3)
    throw new OptionsError(
      '--oidc-issuer, --oidc-client-id and --oidc-redirect-url: give all three, or none',
    );
  return options;
}
