/**
 * Remembers judged requests by the identity of their fields. Many clients send a deadline with every
 * call, and so never the same block twice; but all other fields come from the HPACK table, where they
 * are the same objects as in the last request. Comparing eight references and reading one number takes
 * the place of judging the request again.
 *
 * Invariant: a template has no `grpc-timeout` field; the head made from it has that of its own request.
 */
import type { HeaderList } from './hpack/decoder.ts';
import type { HeaderField } from './hpack/dynamic-table.ts';
import { TIMEOUT_FIELD, withTimeout } from './request-head.ts';
import type { CallHead, RequestHead } from './request-head.ts';

/** Templates remembered: the methods that one client calls in turn. */
const TEMPLATES = 8;

interface Template {
  /** All fields but the timeout, in wire order. */
  readonly fields: readonly HeaderField[];
  readonly head: CallHead;
}

/** One per connection. */
export class HeadTemplates {
  readonly #templates: Template[] = [];
  #oldest = 0;

  /** The head of a request with a deadline that is otherwise known, or undefined. */
  find(list: HeaderList): RequestHead | undefined {
    if (list.tooLarge || !list.valid) return undefined;
    for (const template of this.#templates) {
      const timeout = matchedTimeout(list.fields, template.fields);
      if (timeout !== undefined) return withTimeout(template.head, timeout);
    }
    return undefined;
  }

  /** Remembers a request with a deadline. */
  remember(list: HeaderList, head: RequestHead): void {
    if (head.kind !== 'call' || head.timeoutMs === undefined) return;
    const fields = list.fields.filter(({ name }) => name !== TIMEOUT_FIELD);
    this.#templates[this.#oldest] = { fields, head };
    this.#oldest = (this.#oldest + 1) % TEMPLATES;
  }
}

/** The one timeout among `fields`, when all others are those of the template. */
function matchedTimeout(
  fields: readonly HeaderField[],
  template: readonly HeaderField[],
): string | undefined {
  if (fields.length !== template.length + 1) return undefined;
  let timeout: string | undefined;
  let at = 0;
  for (const field of fields) {
    if (at < template.length && field === template[at]) at++;
    else if (field.name === TIMEOUT_FIELD && timeout === undefined) timeout = field.value;
    else return undefined;
  }
  return timeout;
}
