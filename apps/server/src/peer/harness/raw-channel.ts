/** Sockets that are no transport: one that dials a channel by hand, and one that accepts it and reads nothing. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { CHANNEL_PROTOCOL, channelPath, type ChannelName } from '../channel.ts';
import { handshakeHeaders } from '../handshake.ts';
import type { Identity } from '../../identity.ts';
import { emptyFrame } from '../frame.ts';
import { FrameReader } from '../frame-reader.ts';

export type RawAnswer =
  | { readonly status: 101; readonly socket: Socket }
  | { readonly status: number; readonly text: string };

/** Asks for a channel as the given member would. */
export async function dialRaw(
  context: TestContext,
  url: string,
  identity: Identity,
  to: bigint,
  name: ChannelName,
): Promise<RawAnswer> {
  const headers = {
    ...handshakeHeaders(identity, to, []),
    Connection: 'Upgrade',
    Upgrade: CHANNEL_PROTOCOL,
  };
  const asked = request(url + channelPath(name), { headers, agent: false });
  asked.end();
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  asked.on('error', reject);
  asked.on('upgrade', (_response, socket) => {
    context.after(() => socket.destroy());
    socket.on('error', () => undefined);
    resolve({ status: 101, socket: socket });
  });
  asked.on('response', (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part: string) => (text += part));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text: text.trim() }));
  });
  return promise;
}

/**
 * A peer port whose `bulk` channel reads nothing, and whose `urgent` channel answers soundings, unless it is `mute`,
 * and counts frames.
 */
export async function startSlowReader(
  context: TestContext,
  { mute = false }: { readonly mute?: boolean } = {},
): Promise<{ readonly url: string; urgentFrames: () => number }> {
  let frames = 0;
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('upgrade', (asked, socket) => {
    if (!(socket instanceof Socket)) return;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${CHANNEL_PROTOCOL}\r\n\r\n`,
    );
    if (asked.url === channelPath('bulk')) return void socket.pause();
    const reader = new FrameReader({
      body: () => frames++,
      empty: (mark) => {
        if (!mute) socket.write(emptyFrame(mark));
      },
    });
    socket.on('data', (bytes: Uint8Array) => reader.push(bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, urgentFrames: () => frames };
}
