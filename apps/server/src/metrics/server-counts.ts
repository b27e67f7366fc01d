/** What a member counts of itself that no other part of it does. */
import { ClientVersions } from './client-versions.ts';

export class ServerCounts {
  /** Heartbeats of this leader that were late by more than their interval. */
  lateHeartbeats = 0;
  /** By the reason in etcd's words. */
  readonly promotionsRefused = new Map<string, number>();
  readonly clientVersions = new ClientVersions();

  promotionRefused(reason: string): void {
    this.promotionsRefused.set(reason, (this.promotionsRefused.get(reason) ?? 0) + 1);
  }
}
