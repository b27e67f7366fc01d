/** What a gateway can be told: by flags, `CONCORD_GATEWAY_*` variables, or a file. */
import { z } from 'zod';

export const CLIENT_PORT = 2379;
export const GATEWAY_PORT = 7379;

/** Each option with its schema, default and explanation; a flag `--listen-port` is the variable `CONCORD_GATEWAY_LISTEN_PORT`. */
export const optionsSchema = z.strictObject({
  endpoints: z
    .array(z.string())
    .min(1)
    .default([`127.0.0.1:${CLIENT_PORT}`])
    .describe('members of the cluster, Concord or etcd'),
  listenHost: z.string().default('127.0.0.1').describe('the address to listen at'),
  listenPort: z
    .int()
    .min(0)
    .max(65_535)
    .default(GATEWAY_PORT)
    .describe('the port to listen at; 0 takes a free one'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('how much the log says'),
});

export type GatewayOptions = z.output<typeof optionsSchema>;
