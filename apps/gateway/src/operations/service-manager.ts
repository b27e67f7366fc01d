/**
 * Tells systemd how the gateway is: `READY=1` once it serves, `STOPPING=1` when it stops, `WATCHDOG=1` while its event
 * loop runs (sd_notify(3)).
 *
 * Node has no datagram sockets in the file system, so `systemd-notify`, which is part of systemd, sends the messages. A
 * member does the same in a file of its own: the gateway and the member share no code.
 */
import { spawn } from 'node:child_process';

export interface ServiceManagerOptions {
  /** Told once, where systemd cannot be told. */
  readonly warn: (message: string) => void;
  /** `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are systemd's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default `systemd-notify`, from the path. */
  readonly program?: string;
}

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

  ready(): void {
    this.#send('READY=1', 'STATUS=serving requests');
    const intervalMs = this.#watchdogMs();
    if (intervalMs === undefined) return;
    this.#watchdog = setInterval(() => this.#send('WATCHDOG=1'), intervalMs);
    this.#watchdog.unref();
  }

  stopping(): void {
    clearInterval(this.#watchdog);
    this.#send('STOPPING=1', 'STATUS=stopping');
  }

  /** Half of what systemd allows, as it advises; undefined where it does not watch this process. */
  #watchdogMs(): number | undefined {
    const { WATCHDOG_USEC: microseconds, WATCHDOG_PID: pid } = this.#options.environment;
    if (pid !== undefined && pid !== String(process.pid)) return undefined;
    const intervalMs = Number(microseconds ?? NaN) / 1000 / 2;
    return intervalMs >= 1 ? intervalMs : undefined;
  }

  #send(...messages: readonly string[]): void {
    if ((this.#options.environment['NOTIFY_SOCKET'] ?? '') === '') return;
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
      if (failure !== undefined) this.#fail(failure);
      this.#sendNext();
    };
    const { environment, program = 'systemd-notify' } = this.#options;
    const child = spawn(program, messages, { stdio: 'ignore', env: environment });
    child.once('error', ({ message }) => sent(message));
    child.once('exit', (code) =>
      sent(code === null || code === 0 ? undefined : `it ended with status ${code}`),
    );
    // The gateway does not wait for it, neither now nor at its end.
    child.unref();
  }

  #fail(reason: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#options.warn(
      `cannot tell systemd how this gateway is, as systemd-notify cannot be run (${reason}); systemd will take it for ` +
        'one that never gets ready: install systemd-notify, or use Type=exec and no WatchdogSec in the unit file',
    );
  }
}
