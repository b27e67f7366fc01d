/** Which methods each path has: for whoever asks with another one. */
import type { FastifyInstance } from 'fastify';

export class RouteMethods {
  readonly #patterns = new Map<
    string,
    { readonly pattern: RegExp; readonly methods: Set<string> }
  >();

  /** Learns the routes of `server`, which must not have been registered yet. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      // Pages of the console: that one could be anywhere says nothing of a path.
      if (url === '/*') return;
      const known = this.#patterns.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      for (const one of Array.isArray(method) ? method : [method]) known.methods.add(one);
      this.#patterns.set(url, known);
    });
  }

  /** The methods of `path`, sorted; none where there is no such path. */
  of(path: string): readonly string[] {
    const methods = new Set<string>();
    for (const known of this.#patterns.values())
      if (known.pattern.test(path)) for (const method of known.methods) methods.add(method);
    return [...methods].sort();
  }
}

/** A path of Fastify's router: `:name` is one part of it, `*` the rest. */
function patternOf(url: string): RegExp {
  const parts = url.split(/(:[A-Za-z]\w*|\*)/).map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}/?$`);
}
