/** The cookie that holds a browser's session. Scripts cannot read it, and other sites cannot send it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from './sessions.ts';

const NAME = 'concord_session';

export class SessionCookie {
  readonly #path: string;

  /** @param path - where the gateway is, `/` where it has a host to itself */
  constructor(path: string) {
    this.#path = path;
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[NAME];
  }

  write(request: FastifyRequest, reply: FastifyReply, text: string, session: Session): void {
    void reply.setCookie(NAME, text, {
      ...this.#attributes(request),
      expires: new Date(session.expiresAtMs),
    });
  }

  clear(request: FastifyRequest, reply: FastifyReply): void {
    void reply.clearCookie(NAME, this.#attributes(request));
  }

  /** `Secure` where the browser speaks TLS, to us or to a proxy that is trusted to say so. */
  #attributes(request: FastifyRequest) {
    return {
      path: this.#path,
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https',
    } as const;
  }
}
