/**
 * Everything that a member measures of itself, in one place: the hooks that its parts are given, and the metrics that
 * a scrape reads from what they have counted.
 */
import type { RangeRequest } from '@concord/protocol';
import type { Replica } from '@concord/kv';
import type { ArchiveProgress, LmdbStore } from '@concord/storage';
import type { FlagValues } from '../config/flags.ts';
import { HealthCounts } from '../http/health-counts.ts';
import type { Log } from '../log.ts';
import type { CallObserver } from '../rpc/call-observer.ts';
import type { ReadObserver } from '../rpc/kv.ts';
import type { MethodMetrics } from '../rpc/method-metrics.ts';
import { keyText, shown, SlowLog } from '../slow-log.ts';
import { absentFamilies } from './absent-families.ts';
import { ApplyCounts } from './apply-counts.ts';
import { archiveFamilies } from './archive-families.ts';
import { diskFamilies, type DiskTimes } from './disk-times.ts';
import type { Family } from './family.ts';
import { formerFamilies } from './former-families.ts';
import { DEFAULT_BOUNDS, exponentialBounds, Histogram } from './histogram.ts';
import { NetworkCounts } from './network-counts.ts';
import { networkFamilies, type NetworkSources } from './network-families.ts';
import { processFamilies } from './process-families.ts';
import { rpcFamilies } from './rpc-families.ts';
import { requestTimesOf } from './request-times.ts';
import { ServerCounts } from './server-counts.ts';
import { serverFamilies } from './server-families.ts';
import { storeFamilies } from './store-families.ts';
import { v2Families, type V2Counts } from './v2-families.ts';

/** Methods whose time is that of one kind of work, and etcd's bounds for it, in seconds. */
const workBounds: Readonly<Record<string, readonly number[]>> = {
  Hash: exponentialBounds(0.01, 2, 15),
  HashKV: exponentialBounds(0.01, 2, 15),
  Defragment: exponentialBounds(0.1, 2, 13),
  Snapshot: exponentialBounds(0.01, 2, 17),
};

export interface MonitorOptions {
  readonly values: FlagValues;
  readonly log: Log;
  /** Of the log's files and the store. */
  readonly diskTimes: DiskTimes;
  /** Of the entry that is being applied now. */
  appliedIndex(): number;
}

export interface MonitorSources {
  readonly replica: Replica;
  readonly store: LmdbStore;
  readonly methods: readonly MethodMetrics[];
  readonly quotaBytes: number;
  /** Bytes that the log has written. */
  writtenBytes(): number;
  readonly peers: NetworkSources['peers'];
  /** Of the log, where it is archived. */
  archive(): ArchiveProgress | undefined;
  /** Of the v2 API, where it is served. */
  v2(): V2Counts | undefined;
}

export class Monitor {
  readonly diskTimes: DiskTimes;
  readonly network = new NetworkCounts();
  readonly counts = new ServerCounts();
  readonly health = new HealthCounts();
  /** For the replica. */
  readonly applied: ApplyCounts;
  /** For the RPCs. */
  readonly calls: CallObserver;
  /** For reads. */
  readonly reads: ReadObserver;
  readonly #values: FlagValues;

  constructor({ values, log, diskTimes, appliedIndex }: MonitorOptions) {
    this.diskTimes = diskTimes;
    const warnApplyMs = values['warning-apply-duration'];
    const warnRequestMs = values['warning-unary-request-duration'];
    const slowLog = new SlowLog({
      log,
      warnApplyMs,
      warnRequestMs,
      diskTimes,
      appliedIndex,
      applyBeganMs: () => this.applied.lastBeganMs,
    });
    this.#values = values;
    this.applied = new ApplyCounts({
      slowMs: warnApplyMs,
      slow: (command, outcome, tookMs) => slowLog.applied(command, outcome, tookMs),
      compacted: (revision, tookMs) =>
        log.info(
          { ...(revision !== undefined && { 'compact-revision': revision }), took: shown(tookMs) },
          'finished scheduled compaction',
        ),
    });
    this.calls = {
      slowMicroseconds: warnRequestMs * 1000,
      registered: (metrics) => this.#time(metrics),
      began: (metadata, type) => this.counts.clientVersions.count(metadata, type),
      slow: (path, code, tookMs) => slowLog.request(path, code, tookMs),
    };
    this.reads = {
      ranged: (request, isSuccess, tookMs) => {
        this.applied.ranged(isSuccess, tookMs);
        if (tookMs >= warnApplyMs) slowLog.read(rangeText(request), tookMs);
      },
      transacted: (request, result) => this.applied.transacted(request, result),
    };
  }

  families(sources: MonitorSources): readonly Family[] {
    const { applied, counts, health, network } = this;
    const { replica, store, methods, quotaBytes, peers, writtenBytes, archive, v2 } = sources;
    const gates = this.#values['feature-gates'];
    return [
      ...serverFamilies({ replica, applied, health, counts, methods, quotaBytes, gates }),
      ...storeFamilies({ replica, applied, store }),
      ...diskFamilies(this.diskTimes, writtenBytes),
      ...archiveFamilies(archive),
      ...rpcFamilies(methods),
      ...v2Families(v2),
      ...networkFamilies({ memberId: replica.memberId, network, peers }),
      ...processFamilies(),
      ...formerFamilies({ applied, store }),
      ...absentFamilies(),
    ];
  }

  #time(metrics: MethodMetrics): void {
    if (this.#values.metrics === 'extensive') metrics.handling = new Histogram(DEFAULT_BOUNDS);
    const bounds = workBounds[metrics.method];
    if (bounds !== undefined) metrics.work = new Histogram(bounds);
    metrics.requests = requestTimesOf(metrics);
  }
}

const rangeText = ({ key, rangeEnd }: RangeRequest): string =>
  `key:${keyText(key)} ${rangeEnd.length > 0 ? `range_end:${keyText(rangeEnd)} ` : ''}`;
