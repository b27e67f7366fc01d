/**
 * The member's log: JSON lines with etcd's field names (`level`, `ts`, `msg`), or lines for people. Values,
 * passwords and tokens are never handed to it.
 */
import { pino, type Logger } from 'pino';
import type { FlagValues } from './config/flags.ts';
import type { LogRotation } from './config/log-rotation.ts';
import { openOutput, type LogOutput } from './log-output/output.ts';

export type Log = Logger;

export interface LogOptions {
  readonly level: FlagValues['log-level'];
  readonly format: FlagValues['log-format'];
  /** As in `--log-outputs`. */
  readonly outputs: readonly string[];
  /** When the file is put away; never when not given. */
  readonly rotation?: LogRotation;
}

export const logOptionsOf = (values: FlagValues): LogOptions => ({
  level: values['log-level'],
  format: values['log-format'],
  outputs: values['log-outputs'],
  ...(values['enable-log-rotation'] && { rotation: values['log-rotation-config-json'] }),
});

/** Throws `ConfigurationError` where an output cannot be opened. */
export function createLog({ level, format, outputs, rotation }: LogOptions): Log {
  const opened = outputs.map((name) => openOutput(name, rotation));
  return pino(
    {
      // pino has no `panic`; it is the level between error and fatal in etcd.
      level: level === 'panic' ? 'fatal' : level,
      base: null,
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    sinkTo(opened, format === 'json' ? (line) => line : forPeople),
  );
}

/** Where pino writes: it leaves the level of each line in `lastLevel` before it hands the line in. */
function sinkTo(outputs: readonly LogOutput[], format: (line: string) => string) {
  return {
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string): void {
      const text = format(line);
      for (const output of outputs) output.write(text, this.lastLevel);
    },
  };
}

/** `12:00:00.000 info  message  key=value …` */
function forPeople(line: string): string {
  const { level, ts, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const time = String(ts).slice(11, 23);
  return `${time} ${String(level).padEnd(5)} ${String(msg)}${fields.length > 0 ? '  ' + fields.join(' ') : ''}\n`;
}
