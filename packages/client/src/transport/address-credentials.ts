/**
 * TLS with a member that is known by its IP address. grpc-js would tell the member the address as the name that it wants to
 * talk to (SNI), which no address may be (RFC 6066, section 3); Node warns of it as DEP0123. So nothing is told, and the
 * member's certificate has to be for the address all the same.
 */
import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext } from 'node:tls';
import * as grpc from '@grpc/grpc-js';

type SecureConnector = ReturnType<grpc.ChannelCredentials['_createSecureConnector']>;
type SecureConnection = Awaited<ReturnType<SecureConnector['connect']>>;

/** The IP address in `host`, as it stands in certificates; undefined for names. */
export function addressOf(host: string): string | undefined {
  const address = /^\[?([^\]%]*)/.exec(host)?.[1] ?? '';
  return isIP(address) === 0 ? undefined : address;
}

export class AddressCredentials extends grpc.ChannelCredentials {
  readonly #context: SecureContext;
  readonly #address: string;
  readonly #isUnverified: boolean;

  /** @param isUnverified whether any certificate will do */
  constructor(context: SecureContext, address: string, isUnverified: boolean) {
    super();
    this.#context = context;
    this.#address = address;
    this.#isUnverified = isUnverified;
  }

  override _isSecure(): boolean {
    return true;
  }

  override _equals(other: grpc.ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    ...[, , callCredentials]: Parameters<grpc.ChannelCredentials['_createSecureConnector']>
  ): SecureConnector {
    return {
      connect: (socket) => this.#connect(socket),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => callCredentials ?? grpc.CallCredentials.createEmpty(),
      destroy: () => undefined,
    };
  }

  #connect(socket: Socket): Promise<SecureConnection> {
    return new Promise((resolve, reject) => {
      const secured = connect({
        socket,
        secureContext: this.#context,
        // What the certificate has to be for, as long as no name is given.
        host: this.#address,
        rejectUnauthorized: !this.#isUnverified,
        ALPNProtocols: ['h2'],
      });
      secured.once('secureConnect', () => resolve({ socket: secured, secure: true }));
      secured.on('error', reject);
    });
  }
}
