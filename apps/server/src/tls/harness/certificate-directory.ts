/** Certificates as files, in a directory that is gone when the test is over, and flags that name them. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateAuthority, CertificateRequest } from '@concord/testing/certificates';
import { configure } from '../../config/configuration.ts';
import type { Log } from '../../log.ts';
import { TransportSecurity } from '../transport-security.ts';

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
  readonly serialNumber: string;
}

export class CertificateDirectory implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'concord-tls-'));

  write(name: string, content: string | Buffer): string {
    const path = join(this.path, name);
    writeFileSync(path, content, { mode: 0o600 });
    chmodSync(path, 0o600);
    return path;
  }

  /** Issues a certificate into `NAME.pem` and `NAME.key`, over those that are there. */
  async issue(
    name: string,
    authority: CertificateAuthority,
    request: CertificateRequest = {},
  ): Promise<CertificateFiles> {
    const { cert, key, serialNumber } = await authority.issue({ commonName: name, ...request });
    return {
      cert: this.write(`${name}.pem`, cert),
      key: this.write(`${name}.key`, key),
      serialNumber,
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines. */
export function recordingLog(lines: LogLine[] = []): {
  readonly log: Log;
  readonly lines: LogLine[];
} {
  const record =
    (level: string) =>
    (fields: object | string, message = ''): void => {
      const isText = typeof fields === 'string';
      lines.push({
        level,
        message: isText ? fields : message,
        fields: isText ? {} : { ...fields },
      });
    };
  const methods = ['debug', 'info', 'warn', 'error'].map((level) => [level, record(level)]);
  return { log: Object.fromEntries(methods) as Log, lines };
}

/** What a member with these flags would open. Throws `ConfigurationError`. */
export async function openSecurity(
  flags: readonly string[],
  {
    dataDirectory = tmpdir(),
    log = recordingLog().log,
  }: { dataDirectory?: string; log?: Log } = {},
): Promise<TransportSecurity> {
  const command = configure(flags, {});
  if (command.kind !== 'run') throw new Error('the flags of a test start a member');
  const security = await TransportSecurity.open({ values: command.values, dataDirectory, log });
  security.close();
  return security;
}
