/** The terminal that `top` draws on: its other screen, keys one by one, and its size. */

/** What a terminal is to `top`. */
export interface Terminal {
  /** Whether it is one, with keys to press. */
  readonly isInteractive: boolean;
  readonly size: { readonly columns: number; readonly rows: number };
  write(text: string): void;
  /** Takes keys as they are pressed, from now until the answer is called. */
  onKey(listener: (key: string) => void): () => void;
  onResize(listener: () => void): () => void;
}

export type Key = 'quit' | 'pause' | 'left' | 'right' | 'turn' | 'other';

const ESCAPE = '\x1b';

export function keyOf(text: string): Key {
  switch (text) {
    case 'q':
    case 'Q':
    case '\x03':
    case '\x04':
      return 'quit';
    case 'p':
    case 'P':
    case ' ':
      return 'pause';
    case `${ESCAPE}[D`:
    case `${ESCAPE}OD`:
    case 'h':
      return 'left';
    case `${ESCAPE}[C`:
    case `${ESCAPE}OC`:
    case 'l':
      return 'right';
    case `${ESCAPE}[A`:
    case `${ESCAPE}OA`:
    case `${ESCAPE}[B`:
    case `${ESCAPE}OB`:
    case 'r':
      return 'turn';
    default:
      return 'other';
  }
}

/** The other screen, empty and without a cursor; what stood on the first comes back afterwards. */
export const enter = `${ESCAPE}[?1049h${ESCAPE}[?25l${ESCAPE}[2J`;
export const leave = `${ESCAPE}[?25h${ESCAPE}[?1049l`;

/** All lines at once over those of before: nothing flickers, and nothing of them is left. */
export function repaint(lines: readonly string[]): string {
  const body = lines.map((line) => `${line}${ESCAPE}[K`).join('\r\n');
  return `${ESCAPE}[H${body}${ESCAPE}[J`;
}
