/** Shows answers in the format that `--write-out` asks for. */
import { encode, type MessageType, type ResponseHeader } from '@concord/protocol';
import { CommandError, exitCodes } from '../../command-error.ts';

export const FORMATS = ['fields', 'json', 'protobuf', 'simple', 'table'] as const;
export type Format = (typeof FORMATS)[number];

/** A format that is not here is not supported for what is shown. */
export interface Forms {
  readonly simple: () => string | Uint8Array;
  /** Without what an answer has before it anyway, see `headerFields`. */
  readonly fields?: () => string;
  readonly table?: () => string;
  readonly json?: () => string | Promise<string>;
  readonly protobuf?: () => Uint8Array;
}

export class Presenter {
  readonly format: Format;
  /** `--hex`. */
  readonly isHex: boolean;
  readonly #print: (chunk: string | Uint8Array) => void;

  constructor(format: Format, isHex: boolean, print: (chunk: string | Uint8Array) => void) {
    this.format = format;
    this.isHex = isHex;
    this.#print = print;
  }

  /** Shows an answer as it came. JSON and protobuf are what its type makes of it. */
  async answer<M>(type: MessageType<M>, message: M, forms: Forms): Promise<void> {
    await this.show({
      json: async () => {
        const { goJson } = await import('./go-json.ts');
        return `${goJson(type.name, message)}\n`;
      },
      protobuf: () => encode(type, message),
      ...forms,
    });
  }

  async show(forms: Forms): Promise<void> {
    const form = forms[this.format];
    if (form === undefined) {
      throw new CommandError(`${this.format} not supported as output format`, exitCodes.badFeature);
    }
    this.#print(await form());
  }

  /** The first lines of `fields` for every answer. */
  headerFields(header: ResponseHeader | undefined): string {
    const { clusterId = 0n, memberId = 0n, revision = 0, raftTerm = 0 } = header ?? {};
    const shown = (id: bigint): string => (this.isHex ? id.toString(16) : String(id));
    return (
      `"ClusterID" : ${shown(clusterId)}\n"MemberID" : ${shown(memberId)}\n` +
      (revision > 0 ? `"Revision" : ${revision}\n` : '') +
      `"RaftTerm" : ${raftTerm}\n`
    );
  }
}

/** Throws `CommandError` for a format that there is not. */
export function formatOf(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (format !== undefined) return format;
  throw new CommandError('unsupported output format', exitCodes.badFeature);
}
