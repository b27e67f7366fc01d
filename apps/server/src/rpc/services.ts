/** All RPC services of the client port: each is made and registered here, and nowhere else. */
import { BY_MEMBER, encodeCommand, type Command, type Replica, type Settle } from '@concord/kv';
import {
  AlarmRequest_AlarmAction as AlarmAction,
  AlarmType,
  MembershipRequest_Action as ChangeAction,
} from '@concord/protocol';
import type { LmdbStore } from '@concord/storage';
import type { FlagValues } from '../config/flags.ts';
import type { Identity } from '../identity.ts';
import type { Log } from '../log.ts';
import type { Monitor } from '../metrics/monitor.ts';
import type { OperatorLog } from '../operator-log.ts';
import { createMemberAuth, type MemberAuth } from '../auth/member-auth.ts';
import { Admission } from './admission.ts';
import { AuthService } from './auth.ts';
import { ClusterService } from './cluster.ts';
import { ElectionService } from './coordination/election.ts';
import { Line } from './coordination/line.ts';
import { LockService } from './coordination/lock.ts';
import { DowngradeService } from './downgrade.ts';
import { HealthService } from './health.ts';
import { KvService } from './kv.ts';
import { LeaseService } from './lease.ts';
import { Limits, quotaBytesOf, shownQuotaBytes } from './limits.ts';
import { LocalCalls } from './local-call.ts';
import { MaintenanceService } from './maintenance.ts';
import { MethodRegistry } from './method.ts';
import { RangeStreamService } from './range-stream.ts';
import { ReflectionService } from './reflection.ts';
import { SnapshotService } from './snapshot.ts';
import { WatchService } from './watch.ts';

export interface ServicesOptions {
  readonly replica: Replica;
  readonly store: LmdbStore;
  readonly identity: Identity;
  readonly values: FlagValues;
  readonly log: Log;
  readonly operatorLog: OperatorLog;
  readonly monitor: Monitor;
  /** This member has raised the alarm NOSPACE. */
  readonly noSpaceRaised: () => void;
}

export interface Services {
  readonly registry: MethodRegistry;
  readonly health: HealthService;
  readonly auth: MemberAuth;
}

/** Throws `ConfigurationError`. */
export function registerServices(options: ServicesOptions): Services {
  const { replica, store, values, log, operatorLog, monitor } = options;
  const quotaFlag = values['quota-backend-bytes'];
  const limits = limitsOf(options, quotaBytesOf(quotaFlag));
  const auth = createMemberAuth(replica, values, log);
  const admission = new Admission(replica, auth.authenticator);
  const registry = new MethodRegistry(admission, monitor.calls);
  new KvService(replica, limits, monitor.reads).register(registry);
  new RangeStreamService(replica).register(registry);
  new WatchService(replica).register(registry);
  new LeaseService(replica, limits, {
    electionTimeoutMs: values['election-timeout'],
  }).register(registry);
  const unixSeconds = (): number => Math.floor(Date.now() / 1000);
  new ClusterService(replica, unixSeconds, (request, reason) => {
    operatorLog.changeRefused(request, reason);
    if (request.action === ChangeAction.PROMOTE) monitor.counts.promotionRefused(reason);
  }).register(registry);
  const size = () => store.size();
  new MaintenanceService(replica, {
    quotaBytes: shownQuotaBytes(quotaFlag),
    size,
    defragmented: () => log.info(size(), 'nothing to defragment: free pages are used again'),
  }).register(registry);
  new AuthService(replica, auth.desk).register(registry);
  new DowngradeService(replica).register(registry);
  new SnapshotService(replica, store, log).register(registry);
  const health = new HealthService(replica);
  health.register(registry);
  const calls = new LocalCalls(registry.methods);
  const line = new Line();
  new LockService(calls, line).register(registry);
  new ElectionService(calls, line).register(registry);
  new ReflectionService(registry).register();
  return { registry, health, auth };
}

function limitsOf(options: ServicesOptions, quotaBytes: number): Limits {
  const { replica, store, values } = options;
  return new Limits({
    requestBytesMax: values['max-request-bytes'],
    txnOpsMax: values['max-txn-ops'],
    quotaBytes,
    usedBytes: () => store.size().usedBytes,
    isOutOfSpace: () => replica.machine.alarms.isRaised(AlarmType.NOSPACE),
    raiseNoSpace: (raised) => raiseNoSpace(options, raised),
  });
}

function raiseNoSpace(
  { replica, identity: { memberId }, log, noSpaceRaised }: ServicesOptions,
  raised: () => void,
): void {
  log.warn('the store has reached its quota: raising the alarm NOSPACE');
  const command: Command = {
    kind: 'alarm',
    request: { action: AlarmAction.ACTIVATE, memberID: memberId, alarm: AlarmType.NOSPACE },
  };
  const settle: Settle = (outcome) => {
    if (!('code' in outcome)) noSpaceRaised();
    raised();
  };
  replica.propose(command, encodeCommand(command), settle, BY_MEMBER);
}
