/** A draft, as it is stored: what somebody works on, apart from what is live. */
import { FORMATS, type Format } from '../item/format.ts';
import { isSealed } from '../secret/sealed.ts';
import type { Content } from './record.ts';

export interface DraftRecord {
  readonly content: Content;
  readonly format: Format;
  readonly secret?: boolean;
  /** The base release that it was begun from, 0 for none. */
  readonly base: number;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly comment?: string;
}

/** The draft in `text`, or undefined for what cannot be one. */
export function decodeDraft(text: string): DraftRecord | undefined {
  let value: Partial<Record<keyof DraftRecord, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { content, format, base, by, at } = value;
  if (typeof content !== 'string' && !isSealed(content)) return undefined;
  if (!FORMATS.includes(format as Format) || !Number.isSafeInteger(base)) return undefined;
  if (typeof by !== 'string' || typeof at !== 'string') return undefined;
  return value as DraftRecord;
}
