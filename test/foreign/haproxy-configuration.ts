/**
 * HAProxy in front of a cluster: one listener passes bytes on (`mode tcp`), one speaks HTTP/2 to both sides
 * (`mode http`, `proto h2`), and both ask every member's `/health` whether it is to be given work.
 */

/** Short, so that a test outlasts it: an idle stream through the proxy is cut after this. */
export const IDLE_SECONDS = 2;

/** Where HAProxy listens, and for whom. */
export interface ProxyPorts {
  readonly tcp: number;
  readonly http2: number;
  /** Its table of members, as CSV. */
  readonly statistics: number;
}

/** The text of its configuration file. */
export function haproxyConfiguration(
  { tcp, http2, statistics }: ProxyPorts,
  members: readonly number[],
): string {
  const servers = members.map((port, at) => `  server m${at + 1} 127.0.0.1:${port}`).join('\n');
  const check = 'check inter 100ms fall 2 rise 2 on-marked-down shutdown-sessions';
  return `
global
  maxconn 200
defaults
  timeout connect 1s
  timeout check 1s
  timeout client ${IDLE_SECONDS}s
  timeout server ${IDLE_SECONDS}s
  option redispatch
  balance roundrobin
frontend tcp
  mode tcp
  bind 127.0.0.1:${tcp}
  default_backend tcp-members
backend tcp-members
  mode tcp
  option httpchk GET /health
  default-server ${check}
${servers}
frontend http2
  mode http
  bind 127.0.0.1:${http2} proto h2
  default_backend http2-members
backend http2-members
  mode http
  option httpchk GET /health
  default-server proto h2 ${check}
${servers}
frontend statistics
  mode http
  bind 127.0.0.1:${statistics}
  stats enable
  stats uri /
`;
}

/** A member's state in HAProxy's table, such as `UP` or `DOWN`; undefined before it is in there. */
export function stateOf(csv: string, backend: string, member: string): string | undefined {
  const STATUS_COLUMN = 17;
  const rows = csv.split('\n').map((line) => line.split(','));
  const row = rows.find((columns) => columns[0] === backend && columns[1] === member);
  // While it changes its mind HAProxy adds how far it is: `UP 1/2`.
  return row?.at(STATUS_COLUMN)?.replace(/ .*/, '');
}
