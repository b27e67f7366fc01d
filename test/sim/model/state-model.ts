/**
 * The whole replicated state as its model: the key space and the leases, changed by one log entry after the other.
 */
import {
  CompactionResponse,
  LeaseGrantResponse,
  LeaseRevokeResponse,
  ResponseHeader,
  type DeleteRangeResponse,
  type Member,
  type PutResponse,
  type TxnResponse,
} from '@concord/protocol';
import type { Command } from '@concord/kv';
import { MembersModel } from './members-model.ts';
import { KeyValueModel, ModelError } from './key-value-model.ts';

export type ModelResponse =
  | PutResponse
  | DeleteRangeResponse
  | TxnResponse
  | CompactionResponse
  | LeaseGrantResponse
  | LeaseRevokeResponse;

/** What applying an entry answers; nothing for what the member proposes for itself. */
export type ModelOutcome = ModelResponse | ModelError | undefined;

export class StateModel {
  /** Granted TTLs in seconds. */
  readonly leases = new Map<bigint, number>();
  readonly kv = new KeyValueModel((id) => this.leases.has(id));
  readonly members: MembersModel;

  constructor(founders: readonly Member[]) {
    this.members = new MembersModel(founders);
  }

  /** @param term of the entry: an expiry counts in the term of the leader that proposed it only */
  apply(command: Command, term: number): ModelOutcome {
    try {
      return this.#perform(command, term);
    } catch (error) {
      if (error instanceof ModelError) return error;
      throw error;
    }
  }

  /** Keys that hang on a lease, in order: those whose value says so. */
  keysOf(lease: bigint): string[] {
    const attached = [...this.kv.current].filter(([, kv]) => kv.lease === lease);
    return attached.map(([key]) => key).sort();
  }

  #perform(command: Command, term: number): ModelOutcome {
    switch (command.kind) {
      case 'put':
        return this.kv.put(command.request);
      case 'delete-range':
        return this.kv.deleteRange(command.request);
      case 'txn':
        return this.kv.txn(command.request);
      case 'compact':
        this.kv.compact(command.request.revision);
        return CompactionResponse.create({ header: this.#header() });
      case 'lease-grant': {
        const { ID, TTL } = command.request;
        if (this.leases.has(ID)) throw new ModelError('ErrLeaseExist');
        this.leases.set(ID, TTL);
        return LeaseGrantResponse.create({ header: this.#header(), ID, TTL });
      }
      case 'lease-revoke':
        this.#revoke(command.request.ID);
        return LeaseRevokeResponse.create({ header: this.#header() });
      case 'lease-expiry':
        if (command.request.term === term) this.#revoke(command.request.ID);
        return undefined;
      case 'lease-checkpoint':
      case 'alarm':
      case 'downgrade':
        return undefined;
      case 'publish-member':
        this.members.publish(command.request);
        return undefined;
      case 'change-member': {
        const refused = this.members.change(command.request);
        if (refused !== undefined) throw new ModelError(refused);
        return undefined;
      }
      default:
        // Users and roles: authentication is off in the simulator.
        return undefined;
    }
  }

  #revoke(id: bigint): void {
    if (!this.leases.has(id)) throw new ModelError('ErrLeaseNotFound');
    this.kv.deleteKeys(this.keysOf(id));
    this.leases.delete(id);
  }

  #header(): ResponseHeader {
    return ResponseHeader.create({ revision: this.kv.revision });
  }
}
