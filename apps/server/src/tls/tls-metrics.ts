/**
 * What a monitor should know of TLS: when certificates and revocation lists end, and how many connections came to
 * nothing. These are Concord's own; etcd has none for it.
 */
import { Counter, Gauge, type Metric } from 'prom-client';
import type { PortSecurity } from './port-security.ts';

/** Read at the scrape. Belong to no registry yet. */
export function tlsMetrics(ports: readonly PortSecurity[]): readonly Metric[] {
  const notAfter = new Gauge({
    name: 'concord_tls_not_after_timestamp_seconds',
    help: 'When the first of the certificates, or the revocation list, of the file of this flag ends.',
    labelNames: ['flag'],
    registers: [],
    collect() {
      this.reset();
      for (const [flag, seconds] of firstEnds(ports)) this.set({ flag }, seconds);
    },
  });
  const rejected = new Counter({
    name: 'concord_tls_rejected_connections_total',
    help: 'Connections that were closed before a request: failed handshakes, refused certificates, wrong protocols.',
    labelNames: ['endpoint'],
    registers: [],
    collect() {
      this.reset();
      for (const { refusals } of ports) this.inc({ endpoint: refusals.endpoint }, refusals.count);
    },
  });
  return [notAfter, rejected];
}

function firstEnds(ports: readonly PortSecurity[]): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { file, notAfter } of ports.flatMap(({ files }) => files.current().terms)) {
    const seconds = notAfter.getTime() / 1000;
    ends.set(file.flag, Math.min(seconds, ends.get(file.flag) ?? Infinity));
  }
  return ends;
}
