/**
 * What JSON needs to know of a message: its fields by both of their names and by number, linked to each other.
 * Shapes are made when they are first asked for, from the generated table.
 */
import { JSON_FIELDS } from '../gen/json-fields.ts';

export type ScalarType = 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'string' | 'bytes';

/** A field as it stands in the generated table. */
export type FieldRow = {
  readonly number: number;
  /** Name in the `.proto`, which is what JSON gets. */
  readonly name: string;
  readonly isRepeated?: true;
  /** Full name of the oneof that the field is a case of. */
  readonly oneof?: string;
} & (
  | { readonly type: ScalarType }
  | { readonly type: 'enum'; readonly values: Readonly<Record<string, number>> }
  /** `of` is the full name of the message. */
  | { readonly type: 'message'; readonly of: string }
);

export interface FieldShape {
  readonly number: number;
  readonly type: ScalarType | 'enum' | 'message';
  /** Name in lowerCamelCase: accepted as well, and named in errors. */
  readonly jsonName: string;
  readonly isRepeated: boolean;
  readonly oneof: string | undefined;
  /** One bit for the field, to remember in an integer which fields were seen. */
  readonly bit: number;
  /** `"name":` in ASCII. */
  readonly label: Uint8Array;
  /** The tag on the wire: that of one value, even where a list could be packed. */
  readonly tag: number;
  readonly valueByName: ReadonlyMap<string, number>;
  readonly nameByValue: ReadonlyMap<number, string>;
  /** Shape of the message that the field holds; throws for others. */
  readonly message: MessageShape;
}

/** Fields that fit the bits of one integer. The widest message has 13. */
const FIELDS_MAX = 31;

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;

export class MessageShape {
  readonly fullName: string;
  readonly fields: readonly FieldShape[];
  readonly #byName = new Map<string, FieldShape>();
  readonly #byNumber: (FieldShape | undefined)[] = [];

  constructor(fullName: string, rows: readonly FieldRow[]) {
    if (rows.length > FIELDS_MAX) throw new Error(`${fullName} has more than ${FIELDS_MAX} fields`);
    this.fullName = fullName;
    this.fields = rows.map((row, index) => new RowShape(row, index));
    this.fields.forEach((field, index) => {
      this.#byName.set(rows[index]?.name ?? '', field);
      this.#byNumber[field.number] = field;
    });
    for (const field of this.fields) this.#byName.set(field.jsonName, field);
  }

  /** The field of a name, in the `.proto`'s form or in lowerCamelCase. */
  named(name: string): FieldShape | undefined {
    return this.#byName.get(name);
  }

  numbered(number: number): FieldShape | undefined {
    return this.#byNumber[number];
  }
}

class RowShape implements FieldShape {
  readonly number: number;
  readonly type: FieldShape['type'];
  readonly jsonName: string;
  readonly isRepeated: boolean;
  readonly oneof: string | undefined;
  readonly bit: number;
  readonly label: Uint8Array;
  readonly tag: number;
  readonly valueByName: ReadonlyMap<string, number>;
  readonly nameByValue: ReadonlyMap<number, string>;
  readonly #of: string;
  #message: MessageShape | undefined;

  constructor(row: FieldRow, index: number) {
    const values = row.type === 'enum' ? Object.entries(row.values) : [];
    this.number = row.number;
    this.type = row.type;
    this.jsonName = lowerCamelCase(row.name);
    this.isRepeated = row.isRepeated === true;
    this.oneof = row.oneof;
    this.bit = 1 << index;
    this.label = ascii(`"${row.name}":`);
    this.tag = row.number * 8 + (isVarint(row.type) ? WIRE_VARINT : WIRE_BYTES);
    this.valueByName = new Map(values);
    this.nameByValue = new Map(values.map(([name, value]) => [value, name]));
    this.#of = row.type === 'message' ? row.of : '';
  }

  get message(): MessageShape {
    this.#message ??= messageShape(this.#of);
    return this.#message;
  }
}

const isVarint = (type: FieldShape['type']): boolean =>
  type !== 'string' && type !== 'bytes' && type !== 'message';

/** protobuf's rule: underscores go, and what follows them is a capital. */
const lowerCamelCase = (name: string): string =>
  name.replace(/_+([^_]?)/g, (_, letter: string) => letter.toUpperCase());

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

const shapes = new Map<string, MessageShape>();

/** The fields of one of etcd's messages in their order, by its full name. Throws where there is none. */
export function jsonFields(fullName: string): readonly FieldRow[] {
  const rows = JSON_FIELDS[fullName];
  if (rows === undefined) throw new Error(`the message ${fullName} has no JSON form`);
  return rows;
}

/** The shape of one of etcd's messages, by its full name. Throws where there is none. */
export function messageShape(fullName: string): MessageShape {
  const known = shapes.get(fullName);
  if (known !== undefined) return known;
  const shape = new MessageShape(fullName, jsonFields(fullName));
  shapes.set(fullName, shape);
  return shape;
}
