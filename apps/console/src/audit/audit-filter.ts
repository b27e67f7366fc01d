/** What is looked for in the audit, as an address holds it: so that a view can be sent to somebody. */

export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

const NAMES = ['actor', 'action', 'subject', 'from', 'to'] as const;

export function readFilter(search: URLSearchParams): AuditFilter {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search.get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** The filter's part of an address; other parameters of `search` stay as they are. */
export function writeFilter(filter: AuditFilter, search = new URLSearchParams()): URLSearchParams {
  const written = new URLSearchParams(search);
  for (const name of NAMES) {
    const value = filter[name];
    if (value === undefined || value.trim() === '') written.delete(name);
    else written.set(name, value.trim());
  }
  return written;
}

/** A moment of the page's clock, as `<input type="datetime-local">` has it, to ISO 8601 and back. */
export const fromLocal = (local: string): string | undefined => {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

export function toLocal(iso: string | undefined): string {
  const at = new Date(iso ?? '');
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
