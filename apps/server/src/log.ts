/**
 * The member's log: JSON lines with etcd's field names (`level`, `ts`, `msg`), or lines for people. Values,
 * passwords and tokens are never handed to it.
 */
import { createWriteStream } from 'node:fs';
import { pino, type Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'panic' | 'fatal';

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: 'json' | 'console';
  /** `default` and `stderr` are standard error; anything but `stdout` is a file to append to. */
  readonly output: string;
}

interface Sink {
  write(line: string): unknown;
}

export function createLog({ level, format, output }: LogOptions): Log {
  const sink = openSink(output);
  return pino(
    {
      // pino has no `panic`; it is the level between error and fatal in etcd.
      level: level === 'panic' ? 'fatal' : level,
      base: null,
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    format === 'json' ? sink : { write: (line: string) => sink.write(forPeople(line)) },
  );
}

function openSink(output: string): Sink {
  if (output === 'default' || output === 'stderr') return process.stderr;
  if (output === 'stdout') return process.stdout;
  return createWriteStream(output, { flags: 'a', mode: 0o600 });
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
