/** The gateway's log: JSON lines by pino, with what nobody may read taken out. */
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { GatewayOptions } from './options/options.ts';

export type Log = Logger;

/** Token of the log in Nest's container. */
export const LOG: unique symbol = Symbol('concord.gateway.log');

const secret = ['authorization', 'cookie', 'password', 'token', 'set-cookie'];

export const createLog = ({ logLevel }: Pick<GatewayOptions, 'logLevel'>): Log =>
  pino({
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
  });

/** What Nest itself says, as lines of the same log. */
export const nestLog = (log: Log): LoggerService => ({
  log: (message: unknown) => log.debug(String(message)),
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => log.error(String(message)),
  debug: (message: unknown) => log.debug(String(message)),
  fatal: (message: unknown) => log.fatal(String(message)),
});
