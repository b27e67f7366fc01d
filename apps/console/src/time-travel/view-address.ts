/** What a view of the key space is, as its address holds it. */

/** The revision that is looked at; undefined for now, and for what is no revision. */
export function readRevision(search: URLSearchParams): number | undefined {
  const revision = Number(search.get('revision') ?? '');
  return Number.isSafeInteger(revision) && revision > 0 ? revision : undefined;
}

/** The address with changes; what is empty or undefined leaves it. */
export function withParameters(
  search: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): URLSearchParams {
  const changed = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}
