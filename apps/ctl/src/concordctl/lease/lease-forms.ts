/**
 * Leases in the output formats. etcd's client has types of its own for the answers about them: their JSON has the header's
 * fields beside the others, and their protobuf is the header.
 */
import { encode, ResponseHeader } from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import { IntegerError, parseInteger } from '../../go-format/integer.ts';
import { fieldTexts } from '../output/go-json.ts';
import { hexId } from '../output/key-value.ts';
import type { Presenter } from '../output/presenter.ts';

/** Reads the argument that names a lease. Throws `CommandError`. */
export function leaseOf(text: string): bigint {
  try {
    return parseInteger(text, 'ParseInt', 16);
  } catch (error) {
    if (!(error instanceof IntegerError)) throw error;
    return refuseArguments(`bad lease ID arg (${error.message}), expecting ID in Hex`);
  }
}

/** JSON of an answer: the header's fields, then `"name":value` each of `own`. */
export const leaseJson = (header: ResponseHeader | undefined, own: readonly string[]): string =>
  `{${[...headerTexts(header), ...own].join(',')}}\n`;

const headerTexts = (header: ResponseHeader | undefined): readonly string[] =>
  fieldTexts(ResponseHeader.name, { ...ResponseHeader.create(header) });

export const leaseIdField = (id: bigint, { isHex }: Pick<Presenter, 'isHex'>): string =>
  `"ID" : ${isHex ? hexId(id) : id}\n`;

/** Of such an answer etcdctl writes the header alone. */
export const headerBytes = (header: ResponseHeader | undefined): Uint8Array =>
  encode(ResponseHeader, ResponseHeader.create(header));
