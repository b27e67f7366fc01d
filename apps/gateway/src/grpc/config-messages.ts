/** Items, and whom they are for, as messages; and how requests name them. */
import type { ItemAddress } from '@concord/config/records';
import type { z } from 'zod';
import { checkedAddress } from '../configs/item-path.ts';
import type { audience, ItemDocument, ItemSummary } from '../configs/item-schemas.ts';

export interface ItemName {
  readonly namespace?: string;
  readonly path?: string;
}
export interface ItemRequest {
  readonly item?: ItemName | null;
}

type Audience = z.output<typeof audience>;

/** An audience on the wire: what was not given is null, or empty. */
export interface AudienceMessage {
  readonly match?: Readonly<Record<string, { readonly values?: readonly string[] } | null>>;
  readonly percent?: number;
  readonly by?: string;
}

export const namespaceOf = (namespace: string | undefined): string => namespace || 'default';

/** @throws Problem `invalid-request` */
export const addressOf = ({ item }: ItemRequest): ItemAddress =>
  checkedAddress(namespaceOf(item?.namespace), item?.path ?? '', (part) => `item.${part}`);

export const subjectOf = ({ item }: ItemRequest): string =>
  `config ${namespaceOf(item?.namespace)}/${item?.path ?? ''}`;

/** @throws Problem `invalid-request` for a name that no namespace can have */
export function checkedNamespace(given: string | undefined): string {
  const namespace = namespaceOf(given);
  checkedAddress(namespace, 'any', () => 'namespace');
  return namespace;
}

export const itemMessage = ({
  gray,
  ...item
}: (ItemDocument | ItemSummary) & { readonly content?: string | undefined }): object => ({
  ...item,
  gray: gray.map(({ name, release, ...track }) => ({
    name,
    release,
    audience: audienceMessage(track),
    ...('content' in track && track.content !== undefined && { content: track.content }),
  })),
});

export const audienceMessage = ({ match, percent, by }: Audience): AudienceMessage => ({
  match: Object.fromEntries(
    Object.entries(match ?? {}).map(([label, values]) => [label, { values: [values].flat() }]),
  ),
  ...(percent !== undefined && { percent }),
  ...(by !== undefined && { by }),
});

/** An audience as the schemas take it. */
export function audienceOf(message: AudienceMessage | null | undefined): Audience {
  const { match = {}, percent, by } = message ?? {};
  const labels = Object.entries(match).map(([label, given]) => {
    const values = [...(given?.values ?? [])];
    return [label, values.length === 1 ? values[0] : values] as const;
  });
  return {
    ...(labels.length > 0 && { match: Object.fromEntries(labels) as Audience['match'] & object }),
    ...(percent !== undefined && { percent }),
    ...(by !== undefined && { by }),
  };
}
