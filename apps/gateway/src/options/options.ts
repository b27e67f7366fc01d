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
  dnsPort: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe('answers DNS at this port, by UDP and TCP; not by default'),
  dnsHost: z.string().default('127.0.0.1').describe('the address to answer DNS at'),
  dnsDomain: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/)
    .default('concord')
    .describe('the domain of names such as orders.service.concord'),
  dnsZone: z
    .string()
    .min(1)
    .optional()
    .describe('the zone of those who ask: its instances come before the others in SRV records'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('how much the log says'),
});

export type GatewayOptions = z.output<typeof optionsSchema>;
