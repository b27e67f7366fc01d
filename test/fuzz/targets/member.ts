/** A member for targets that speak HTTP with one: it is alive as long as it answers. */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { startServer, type TestServer } from '@concord/testing';

/** Faults of the machine's own, told to a client: the words of an exception that nobody meant for it. */
export const EXCEPTION_WORDS =
  /\b(?:TypeError|RangeError|ReferenceError|AssertionError|is not a function|undefined \(|Cannot read|\.ts:\d+|\.js:\d+)/;

export class Member {
  readonly #server: TestServer;
  readonly port: number;
  /** The token of who asks, while authentication is on. */
  authorization = '';

  private constructor(server: TestServer) {
    this.#server = server;
    this.port = Number(server.line.target.split(':').at(-1));
  }

  static async start(...flags: readonly string[]): Promise<Member> {
    return new Member(await startServer({ flags }));
  }

  /** Sends bytes on a connection of their own and takes what comes until its end, or for `patienceMs`. */
  exchange(bytes: Uint8Array, patienceMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket: Socket = connect({ port: this.port, host: '127.0.0.1' });
      const end = (): void => {
        clearTimeout(timer);
        socket.resetAndDestroy();
        resolve(text);
      };
      const timer = setTimeout(end, patienceMs);
      socket.setEncoding('latin1');
      // No end: Node's server takes that for a client that has gone away.
      socket.once('connect', () => socket.write(bytes));
      socket.on('data', (chunk: string) => (text += chunk));
      socket.once('end', end);
      socket.once('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        // The member may cut what it has had enough of, and still reads of.
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(text);
        else reject(error);
      });
    });
  }

  /** A request that has to be answered. */
  async ask(method: string, path: string, body = ''): Promise<string> {
    const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`;
    const type = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    const token = this.authorization === '' ? '' : `Authorization: ${this.authorization}\r\n`;
    const answer = await this.exchange(Buffer.from(`${head}${token}${type}\r\n${body}`), 60_000);
    assert.match(answer, /^HTTP\/1\.1 \d{3} /, `${method} ${path} is answered`);
    return answer;
  }

  /** Lifts alarms and forgets history, so that an hour's requests do not fill the member. */
  async tidy(): Promise<void> {
    const listed = bodyOf(await this.ask('POST', '/v3/maintenance/alarm', '{}'));
    const { alarms = [] } = JSON.parse(listed) as { readonly alarms?: readonly object[] };
    for (const alarm of alarms) {
      const disarm = JSON.stringify({ ...alarm, action: 'DEACTIVATE' });
      await this.ask('POST', '/v3/maintenance/alarm', disarm);
    }
    const put = await this.ask('POST', '/v3/kv/put', '{"key":"Zg==","value":"Zg=="}');
    const revision = /"revision":"(\d+)"/.exec(put)?.[1];
    assert.ok(revision !== undefined, put);
    await this.ask('POST', '/v3/kv/compaction', JSON.stringify({ revision }));
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
