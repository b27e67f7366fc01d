/**
 * Tells systemd how the member is: `READY=1` once it serves, `STOPPING=1` when it stops, `WATCHDOG=1` while its event
 * loop runs (sd_notify(3)).
 *
 * The messages go to a datagram socket in the file system, which Node cannot send to; packages that can are compiled on
 * the machine. So `systemd-notify`, which is part of systemd, sends them. Where it is missing the member runs on, and
 * says what that means: nothing here can stop it.
 */
import { spawn } from 'node:child_process';
import type { Log } from './log.ts';

export interface ServiceManagerOptions {
  readonly log: Pick<Log, 'warn'>;
  /** `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are systemd's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default `systemd-notify`, from the path. */
  readonly program?: string;
}

/** systemd advises to be twice as early as it asks. */
const WATCHDOG_SHARE = 1 / 2;

export class ServiceManager {
  readonly #options: ServiceManagerOptions;
  #watchdog: NodeJS.Timeout | undefined;
  #hasWarned = false;
  /** Each is sent by a process of its own, when that of the one before has ended: or they would overtake each other. */
  readonly #waiting: (readonly string[])[] = [];
  #isSending = false;

  constructor(options: ServiceManagerOptions) {
    this.#options = options;
  }

  /** Whether somebody waits for messages. */
  get isPresent(): boolean {
    const { NOTIFY_SOCKET: socket } = this.#options.environment;
    return socket !== undefined && socket !== '';
  }

  /** The member serves clients. */
  ready(): void {
    this.#send('READY=1', 'STATUS=serving clients');
    const intervalMs = this.#watchdogMs();
    if (intervalMs === undefined || this.#watchdog !== undefined) return;
    // A hung event loop sends nothing, and systemd starts the member anew: that is the point.
    this.#watchdog = setInterval(() => this.#send('WATCHDOG=1'), intervalMs);
    this.#watchdog.unref();
  }

  stopping(): void {
    clearInterval(this.#watchdog);
    this.#send('STOPPING=1', 'STATUS=stopping');
  }

  /** Half of what systemd allows; undefined where it does not watch this process. */
  #watchdogMs(): number | undefined {
    const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: pid } = this.#options.environment;
    if (!this.isPresent || (pid !== undefined && pid !== String(process.pid))) return undefined;
    const intervalMs = (Number(microseconds ?? NaN) / 1000) * WATCHDOG_SHARE;
    return intervalMs >= 1 ? intervalMs : undefined;
  }

  #send(...messages: readonly string[]): void {
    if (!this.isPresent) return;
    const isWaiting = this.#waiting.some(([first]) => first === messages[0]);
    if (!isWaiting) this.#waiting.push(messages);
    this.#sendNext();
  }

  #sendNext(): void {
    const [messages] = this.#waiting;
    if (messages === undefined || this.#isSending) return;
    this.#waiting.shift();
    this.#isSending = true;
    const sent = (failure: string | undefined): void => {
      this.#isSending = false;
      if (failure !== undefined) this.#warn(failure);
      this.#sendNext();
    };
    const { environment, program = 'systemd-notify' } = this.#options;
    try {
      const child = spawn(program, messages, { stdio: 'ignore', env: environment });
      child.once('error', ({ message }) => sent(message));
      child.once('exit', (code) =>
        sent(code === null || code === 0 ? undefined : `it ended with status ${code}`),
      );
      // The member does not wait for it, neither now nor at its end.
      child.unref();
    } catch (error) {
      sent(String(error));
    }
  }

  #warn(reason: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#options.log.warn(
      { error: reason },
      'cannot tell systemd how this member is, as systemd-notify cannot be run; systemd will take it for one that ' +
        'never gets ready: install systemd-notify, or use Type=exec and no WatchdogSec in the unit file',
    );
  }
}
