/** Where in a text something is wrong, as whoever checked it says: a line, a column, or a field's path. */

export interface TextIssue {
  readonly message: string;
  /** `pool.max`, as the configuration service writes it. */
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

export interface Marker {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** The places of `issues` in `text`: what cannot be placed is on the first line, so that nothing goes unseen. */
export function markersOf(text: string, issues: readonly TextIssue[]): readonly Marker[] {
  return issues.map((issue) => {
    const message = issue.path === undefined ? issue.message : `${issue.path}: ${issue.message}`;
    if (issue.line !== undefined)
      return { ...placeOfLine(text, issue.line, issue.column), message };
    const at = issue.path === undefined ? undefined : placeOfPath(text, issue.path);
    return { ...(at ?? placeOfLine(text, 1)), message };
  });
}

function placeOfLine(
  text: string,
  line: number,
  column = 1,
): { readonly from: number; readonly to: number } {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) break;
    start = next + 1;
  }
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  return { from: Math.min(start + column - 1, end), to: end };
}

/**
 * The name that ends a path, found below the names before it: good for JSON, YAML and TOML alike, since names are written
 * the same in all three. Indexes of lists are passed over.
 */
function placeOfPath(
  text: string,
  path: string,
): { readonly from: number; readonly to: number } | undefined {
  let from = 0;
  let place: { from: number; to: number } | undefined;
  for (const name of path
    .split(/[.[\]]+/)
    .filter((piece) => piece !== '' && !/^\d+$/.test(piece))) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`(^|[\\s{,\\[."'])(${escaped})(?=["']?\\s*[:=\\].])`, 'm').exec(
      text.slice(from),
    );
    if (found === null) return place;
    const start = from + found.index + found[1]!.length;
    place = { from: start, to: start + name.length };
    from = place.to;
  }
  return place;
}
