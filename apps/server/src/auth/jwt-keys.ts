/** Reads the keys of `--auth-token jwt,…`, and refuses a pair that does not fit its algorithm. */
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JwtOptions, SignMethod } from '../config/auth-token.ts';
import { ConfigurationError } from '../config/command-line.ts';
import type { JwtKeys } from './jwt.ts';

/** What a key has to be, by the letters of the method. */
const keyTypes: Readonly<Record<string, string>> = {
  RS: 'rsa',
  PS: 'rsa',
  ES: 'ec',
  Ed: 'ed25519',
};
const curves: Readonly<Record<string, string>> = {
  ES256: 'prime256v1',
  ES384: 'secp384r1',
  ES512: 'secp521r1',
};

/** Throws `ConfigurationError`. */
export function readJwtKeys(options: JwtOptions): JwtKeys {
  const { method, privateKeyFile, publicKeyFile } = options;
  if (method.startsWith('HS')) {
    const secret = createSecretKey(read('priv-key', privateKeyFile ?? ''));
    return { method, verifying: secret, signing: secret };
  }
  const signing =
    privateKeyFile === undefined
      ? undefined
      : parse('priv-key', privateKeyFile, method, createPrivateKey);
  const given =
    publicKeyFile === undefined
      ? undefined
      : parse('pub-key', publicKeyFile, method, createPublicKey);
  const own = signing === undefined ? undefined : createPublicKey(signing);
  if (given !== undefined && own !== undefined && !given.equals(own)) {
    throw new ConfigurationError(
      `--auth-token: pub-key ${publicKeyFile} does not belong to priv-key ${privateKeyFile}`,
    );
  }
  const verifying = given ?? own;
  if (verifying === undefined) throw new ConfigurationError('--auth-token: jwt needs a key');
  return { method, verifying, signing };
}

function parse(
  option: string,
  file: string,
  method: SignMethod,
  create: (pem: Buffer) => KeyObject,
): KeyObject {
  const pem = read(option, file);
  let key: KeyObject;
  try {
    key = create(pem);
  } catch (error) {
    throw new ConfigurationError(
      `--auth-token: ${option} ${file} is no key in PEM: ${messageOf(error)}`,
    );
  }
  const type = keyTypes[method.slice(0, 2)];
  const curve = curves[method];
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType !== type || (curve !== undefined && details?.namedCurve !== curve)) {
    throw new ConfigurationError(
      `--auth-token: ${option} ${file} is a key for ${key.asymmetricKeyType} ${details?.namedCurve ?? ''}, ` +
        `and ${method} needs one for ${type} ${curve ?? ''}`,
    );
  }
  return key;
}

function read(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigurationError(`--auth-token: ${option} ${file}: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
