/** The alarms that members have raised: replicated, persisted, and few. */
import { AlarmMember, AlarmType, encode } from '@concord/protocol';
import type { Rows } from './rows.ts';

export interface Alarm {
  readonly memberId: bigint;
  /** A value of `AlarmType`. */
  readonly type: number;
}

const keyOf = (alarm: Alarm): string =>
  `${alarm.memberId.toString(16).padStart(16, '0')}/${alarm.type}`;

export class Alarms {
  readonly #rows: Rows;
  readonly #raised = new Map<string, Alarm>();

  constructor(rows: Rows) {
    this.#rows = rows;
    rows.scan('alarms', { from: '' }, (key, value) => {
      const { memberID, alarm } = AlarmMember.decode(value);
      this.#raised.set(key, { memberId: memberID, type: alarm });
    });
  }

  /** The alarms of one type, or of all with `AlarmType.NONE`. */
  list(type: number): readonly Alarm[] {
    const all = [...this.#raised.values()];
    return type === AlarmType.NONE ? all : all.filter((alarm) => alarm.type === type);
  }

  isRaised(type: number): boolean {
    for (const alarm of this.#raised.values()) if (alarm.type === type) return true;
    return false;
  }

  isRaisedBy(memberId: bigint, type: number): boolean {
    return this.#raised.has(keyOf({ memberId, type }));
  }

  /** Answers the alarm that is raised now, whether or not it was before. */
  raise(alarm: Alarm): readonly Alarm[] {
    const key = keyOf(alarm);
    if (!this.#raised.has(key)) {
      this.#raised.set(key, alarm);
      const record = AlarmMember.create({ memberID: alarm.memberId, alarm: alarm.type });
      this.#rows.set('alarms', key, encode(AlarmMember, record));
    }
    return [alarm];
  }

  /** Answers the alarm that was taken back; nothing where none was raised. */
  disarm(alarm: Alarm): readonly Alarm[] {
    const key = keyOf(alarm);
    if (!this.#raised.delete(key)) return [];
    this.#rows.set('alarms', key, null);
    return [alarm];
  }
}
