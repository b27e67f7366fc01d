/** What a gateway can be told: by flags, `CONCORD_GATEWAY_*` variables, or a file. */
import { z } from 'zod';

export const CLIENT_PORT = 2379;
export const GATEWAY_PORT = 7379;
export const GRPC_PORT = 7380;

/** Token of the options in Nest's container. */
export const OPTIONS: unique symbol = Symbol('concord.gateway.options');

/** Each option with its schema, default and explanation; a flag `--listen-port` is the variable `CONCORD_GATEWAY_LISTEN_PORT`. */
export const optionsSchema = z.strictObject({
  configFile: z.string().min(1).optional().describe('a YAML file with any of these options'),
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
  healthChecks: z
    .boolean()
    .default(true)
    .describe('whether this gateway takes part in checking instances that cannot send heartbeats'),
  healthCheckNetworks: z
    .array(
      z
        .string()
        .regex(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, 'give addresses or networks such as 10.1.0.0/16'),
    )
    .default([])
    .describe('addresses that may be checked although they are not public, such as 10.1.0.0/16'),
  healthCheckPorts: z
    .array(z.string().regex(/^\d{1,5}(-\d{1,5})?$/, 'give ports or ranges such as 8000-8999'))
    .default([])
    .describe('ports that may be checked, such as 80,8000-8999; all by default'),
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
  mode: z
    .enum(['auto', 'development'])
    .default('auto')
    .describe(
      'development: whoever is at this machine is the administrator; auto: the users of the cluster, made by set-up where there are none',
    ),
  user: z
    .string()
    .min(1)
    .optional()
    .describe('the user that the gateway is to the cluster, with the role root'),
  password: z
    .string()
    .min(1)
    .optional()
    .describe('the password of --user; never as a flag, which others on the machine see'),
  passwordFile: z.string().min(1).optional().describe('a file that holds the password of --user'),
  credentialsFile: z
    .string()
    .min(1)
    .optional()
    .describe(
      'without --user: where set-up keeps the user that it makes for the gateways, to be given to all of them; by default credentials.json in $STATE_DIRECTORY, or in ~/.local/state/concord-gateway',
    ),
  ca: z
    .string()
    .min(1)
    .optional()
    .describe("a file with the authorities that the members' certificates are of"),
  cert: z
    .string()
    .min(1)
    .optional()
    .describe('a file with the certificate that the gateway shows to members'),
  key: z.string().min(1).optional().describe('a file with the key of --cert'),
  trustedProxies: z
    .array(
      z
        .string()
        .regex(
          /^[0-9a-fA-F.:]+(\/\d{1,3})?$|^(loopback|linklocal|uniquelocal)$/,
          'must be an address or a network such as 10.0.0.0/8',
        ),
    )
    .default([])
    .describe('addresses and networks whose X-Forwarded-* headers say who really asks'),
  corsOrigins: z
    .array(
      z
        .string()
        .regex(/^https?:\/\/[^/*\s]+$/, 'must be an origin such as https://admin.example.com'),
    )
    .default([])
    .describe('origins whose pages may call this API; none by default'),
  rateLimit: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1000)
    .describe('requests a second that each caller may keep up; 0: as many as it likes'),
  oidcIssuer: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('an OpenID Connect provider that people may sign in with'),
  oidcName: z
    .string()
    .min(1)
    .max(64)
    .default('single sign-on')
    .describe('what the console calls it'),
  oidcClientId: z.string().min(1).optional().describe('what the provider calls this gateway'),
  oidcClientSecret: z
    .string()
    .min(1)
    .optional()
    .describe('the secret that goes with --oidc-client-id; never as a flag'),
  oidcClientSecretFile: z.string().min(1).optional().describe('a file that holds it'),
  oidcRedirectUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('this gateway as browsers reach it, with /v1/session/oidc/callback behind'),
  oidcScopes: z
    .array(z.string().min(1))
    .default(['openid', 'profile', 'email'])
    .describe('what is asked of the provider'),
  oidcUserClaim: z
    .string()
    .min(1)
    .default('preferred_username')
    .describe('the claim that names the user of the cluster'),
  oidcRolesClaim: z
    .string()
    .min(1)
    .optional()
    .describe(
      'the claim that lists groups; then --oidc-roles says what they may do, and people need not be users of the cluster',
    ),
  oidcRoles: z
    .array(z.string().regex(/^[^=]+=[^=]+$/, 'must be GROUP=ROLE'))
    .default([])
    .describe('which role of the cluster each group has, as GROUP=ROLE'),
  auditDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe('how long records of the audit are kept'),
  auditRecords: z
    .int()
    .min(100)
    .max(10_000_000)
    .default(100_000)
    .describe(
      'how many records of the audit are kept; a record takes about 500 bytes of the cluster',
    ),
  configKeys: z
    .string()
    .min(1)
    .optional()
    .describe(
      'a YAML file with the keys that secrets of configuration are sealed with: current, and keys by id, each 32 bytes in base64',
    ),
  basePath: z
    .string()
    .regex(/^(?:\/[\w.~-]+)*$/, 'must be such as /tools/concord, without a slash at its end')
    .default('')
    .describe('the path that a proxy has put the gateway under, if it hands paths on as they are'),
  drainDelaySeconds: z
    .int()
    .min(0)
    .max(300)
    .default(0)
    .describe(
      'how long /health/ready says no before the gateway stops, for load balancers to see it',
    ),
  grpcPort: z
    .int()
    .min(0)
    .max(65_535)
    .default(GRPC_PORT)
    .describe('the port that speaks gRPC; 0 takes a free one'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('how much the log says'),
});

export type GatewayOptions = z.output<typeof optionsSchema>;
