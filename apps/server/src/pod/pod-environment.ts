/** What a pod is told beside its member's flags: by variables, which a pod's specification can take from elsewhere. */
import { readFileSync } from 'node:fs';
import type { AuthenticateRequest } from '@concord/protocol';
import { ConfigurationError } from '../config/command-line.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface PodEnvironment {
  /** `CONCORD_POD_UID`: tells this pod from another of the same name before it. Empty: each start is a new pod. */
  readonly uid: string;
  /** Who changes the members where authentication is on: root. */
  readonly user: AuthenticateRequest | undefined;
  /** `CONCORD_POD_SECURES=true`: this pod turns authentication on where it is off. */
  readonly secures: boolean;
  /** `CONCORD_POD_SNAPSHOT`: a file that a new cluster begins with. */
  readonly snapshot: string | undefined;
}

/** Throws `ConfigurationError`. */
export function readPodEnvironment(environment: Environment): PodEnvironment {
  const user = readRoot(environment);
  const secures = environment['CONCORD_POD_SECURES'] === 'true';
  if (secures && user === undefined) {
    throw new ConfigurationError(
      'CONCORD_POD_SECURES=true: give the password that root is to have in CONCORD_ROOT_PASSWORD or ' +
        'CONCORD_ROOT_PASSWORD_FILE',
    );
  }
  const snapshot = environment['CONCORD_POD_SNAPSHOT'];
  return {
    uid: environment['CONCORD_POD_UID'] ?? '',
    user,
    secures,
    snapshot: snapshot === '' ? undefined : snapshot,
  };
}

/** Root with the password in `CONCORD_ROOT_PASSWORD`, or in the file that `CONCORD_ROOT_PASSWORD_FILE` names. */
export function readRoot(environment: Environment): AuthenticateRequest | undefined {
  const given = environment['CONCORD_ROOT_PASSWORD'] ?? '';
  const file = environment['CONCORD_ROOT_PASSWORD_FILE'] ?? '';
  if (given === '' && file === '') return undefined;
  if (file === '') return { name: 'root', password: given };
  try {
    return { name: 'root', password: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    throw new ConfigurationError(`CONCORD_ROOT_PASSWORD_FILE ${file}: ${(error as Error).message}`);
  }
}
