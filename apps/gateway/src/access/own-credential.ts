/**
 * The user that the gateway itself is to the cluster. It is given by `--user` with a password, or kept in
 * `--credentials-file`, which set-up writes and which all gateways of a cluster share by their deployment.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What set-up calls the gateway's user where `--user` does not say. */
export const GATEWAY_USER = 'concord-gateway';
/** 256 bits; as text it stays below the 72 bytes that bcrypt looks at. */
const PASSWORD_BYTES = 32;

const credentialSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string().min(1),
});
export type Credential = z.output<typeof credentialSchema>;

export interface CredentialOptions {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly credentialsFile?: string | undefined;
}

export class OwnCredential {
  readonly #options: CredentialOptions;

  constructor(options: CredentialOptions) {
    this.#options = options;
  }

  /** Where it is needed: with `--user` nothing is kept. */
  get #file(): string {
    return this.#options.credentialsFile ?? join(stateDirectory(), 'credentials.json');
  }

  /**
   * Read anew each time: a password that was changed, or a file that another gateway has written, counts at once.
   *
   * @throws Error for a file that is there and cannot be read
   */
  current(): Credential | undefined {
    const { user, password, passwordFile } = this.#options;
    if (user !== undefined) {
      const known = password ?? (passwordFile && readFileSync(passwordFile, 'utf8').trim());
      return known === undefined ? undefined : { username: user, password: known };
    }
    return this.#kept();
  }

  /**
   * The credential for set-up to make a user of: what there is, else a new one, kept in the file with mode 0600.
   *
   * @throws Error where the file cannot be written
   */
  createUnlessKnown(): Credential {
    const known = this.current();
    if (known !== undefined) return known;
    const credential: Credential = {
      username: GATEWAY_USER,
      password: randomBytes(PASSWORD_BYTES).toString('base64url'),
    };
    const credentialsFile = this.#file;
    mkdirSync(dirname(credentialsFile), { recursive: true, mode: 0o700 });
    writeFileSync(credentialsFile, `${JSON.stringify(credential)}\n`, { mode: 0o600, flag: 'wx' });
    return credential;
  }

  /** Where it comes from, for logs and errors. */
  get origin(): string {
    const { user } = this.#options;
    return user === undefined ? `the file ${this.#file}` : `--user ${user}`;
  }

  #kept(): Credential | undefined {
    const credentialsFile = this.#file;
    let text: string;
    try {
      text = readFileSync(credentialsFile, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return credentialSchema.parse(JSON.parse(text));
    } catch (cause) {
      // The text may hold a password: the cause alone is told on.
      throw new Error(
        `${credentialsFile} does not hold { "username", "password" }: put it right, or remove it`,
        { cause },
      );
    }
  }
}

/** As systemd and the XDG specification have it. */
function stateDirectory(): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return (
    STATE_DIRECTORY ??
    join(XDG_STATE_HOME ?? join(homeDirectory(), '.local/state'), 'concord-gateway')
  );
}

/** A user of a container may have neither `HOME` nor an entry in passwd. */
function homeDirectory(): string {
  try {
    return homedir();
  } catch (cause) {
    throw new Error(
      'there is no home directory to keep the gateway’s own credentials in: set HOME or STATE_DIRECTORY, or give --user',
      { cause },
    );
  }
}
