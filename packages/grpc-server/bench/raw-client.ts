/**
 * The load of echo.ts: keeps a number of unary calls in flight on each connection, or reads streams,
 * doing as little as possible itself. Requests are prepared bytes with the stream id patched in;
 * answers are only counted.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

const [mode, port, connections, inFlight, bytes, seconds] = process.argv.slice(2);
const messageBytes = Number(bytes);

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
const WINDOW = 0x7fff_0000 - 65_535;

function frame(type: number, flags: number, streamId: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(streamId, 5);
  return Buffer.concat([header, payload]);
}

const literal = (name: string, value: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x40, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ]);

const paths = {
  unary: '/bench.Echo/Unary',
  flood: '/bench.Echo/Flood',
  'fan-out': '/bench.Echo/Subscribe',
};
const path = paths[mode as keyof typeof paths];
const firstBlock = Buffer.concat([
  Buffer.from([0x83, 0x86]),
  literal(':path', path),
  literal(':authority', 'localhost'),
  literal('content-type', 'application/grpc'),
  literal('te', 'trailers'),
]);
/** All six fields by index: what a client sends from its second request on. */
const nextBlock = Buffer.from([0x83, 0x86, 0xc1, 0xc0, 0xbf, 0xbe]);

const message = Buffer.alloc(5 + messageBytes);
message.writeUInt32BE(messageBytes, 1);

function request(streamId: number, block: Buffer): Buffer {
  return Buffer.concat([frame(1, 4, streamId, block), frame(0, 1, streamId, message)]);
}

let done = 0;

class RawConnection {
  readonly #socket: Socket;
  #nextId = 1;
  #partial: Buffer = Buffer.alloc(0);
  #dataBytes = 0;
  readonly #template = request(0, nextBlock);

  constructor() {
    this.#socket = connect(Number(port), '127.0.0.1');
    this.#socket.setNoDelay(true);
    const settings = Buffer.alloc(6);
    settings[1] = 4;
    settings.writeUInt32BE(0x7fff_0000, 2);
    const window = Buffer.alloc(4);
    window.writeUInt32BE(WINDOW, 0);
    this.#socket.write(
      Buffer.concat([
        PREFACE,
        frame(4, 0, 0, settings),
        frame(8, 0, 0, window),
        request(1, firstBlock),
      ]),
    );
    this.#nextId = 3;
    if (mode !== 'flood') this.#send(Number(inFlight) - 1);
    this.#socket.on('data', (chunk) => {
      this.#read(chunk);
    });
  }

  #send(count: number): void {
    const one = this.#template.length;
    const batch = Buffer.allocUnsafe(one * count);
    for (let index = 0; index < count; index++) {
      this.#template.copy(batch, index * one);
      batch.writeUInt32BE(this.#nextId, index * one + 5);
      batch.writeUInt32BE(this.#nextId, index * one + 9 + nextBlock.length + 5);
      this.#nextId += 2;
    }
    this.#socket.write(batch);
  }

  #read(chunk: Buffer): void {
    const bytesRead = this.#partial.length === 0 ? chunk : Buffer.concat([this.#partial, chunk]);
    let at = 0;
    let answered = 0;
    while (bytesRead.length - at >= 9) {
      const length = bytesRead.readUIntBE(at, 3);
      if (bytesRead.length - at < 9 + length) break;
      const type = bytesRead[at + 3];
      if (type === 0) this.#onData(length);
      if (type === 1 && (bytesRead[at + 4]! & 1) !== 0) answered++;
      if (type === 7) throw new Error(bytesRead.toString('latin1', at + 17, at + 9 + length));
      at += 9 + length;
    }
    this.#partial = bytesRead.subarray(at);
    if (mode === 'unary' && answered > 0) {
      done += answered;
      this.#send(answered);
    }
  }

  #onData(length: number): void {
    this.#dataBytes += length;
    if (mode !== 'unary') done += length / (5 + messageBytes);
    if (this.#dataBytes < 0x1000_0000) return;
    const increment = Buffer.alloc(4);
    increment.writeUInt32BE(this.#dataBytes, 0);
    const updates = [frame(8, 0, 0, increment)];
    if (mode === 'flood') updates.push(frame(8, 0, 1, increment));
    this.#socket.write(Buffer.concat(updates));
    this.#dataBytes = 0;
  }
}

for (let index = 0; index < Number(connections); index++) new RawConnection();
setTimeout(() => {
  done = 0;
  const startedMs = performance.now();
  process.send?.(0);
  setTimeout(
    () => {
      // A busy client's timers are late, so the rate is over the time that really passed.
      process.send?.(done / ((performance.now() - startedMs) / 1_000));
    },
    Number(seconds) * 1_000,
  );
}, 1_000);
