/** A branch page that is being filled: the children of one node, each with its first key. */
import type { ByteString } from '@concord/protocol';
import {
  elementBytes,
  headerBytes,
  pageBytes,
  pageFlags,
  pagesOf,
  writePageHeader,
  writeUint53,
} from './page.ts';

/** Fewer would not make the tree narrower towards its root. */
const childrenMin = 2;

interface Child {
  readonly firstKey: ByteString;
  readonly page: number;
}

export class BranchPage {
  #children: Child[] = [];
  #bytes = headerBytes;

  get count(): number {
    return this.#children.length;
  }
  get firstKey(): ByteString {
    return (this.#children[0] as Child).firstKey;
  }
  get firstChild(): number {
    return (this.#children[0] as Child).page;
  }

  /** Answers false where the child belongs on the next page. Two are always taken, however long their keys. */
  add(firstKey: ByteString, page: number): boolean {
    const bytes = this.#bytes + elementBytes + firstKey.length;
    if (this.count >= childrenMin && bytes > pageBytes) return false;
    this.#children.push({ firstKey, page });
    this.#bytes = bytes;
    return true;
  }

  /** The page with whatever it overflows into. The next page begins empty. */
  take(id: number): Buffer {
    const { count } = this;
    const page = Buffer.alloc(pagesOf(this.#bytes) * pageBytes);
    const overflow = pagesOf(this.#bytes) - 1;
    writePageHeader(page, { id, flags: pageFlags.branch, count, overflow });
    let element = headerBytes;
    let at = headerBytes + count * elementBytes;
    for (const { firstKey, page: child } of this.#children) {
      page.writeUInt32LE(at - element, element);
      page.writeUInt32LE(firstKey.length, element + 4);
      writeUint53(page, child, element + 8);
      page.write(firstKey, at, 'latin1');
      element += elementBytes;
      at += firstKey.length;
    }
    this.#children = [];
    this.#bytes = headerBytes;
    return page;
  }
}
