/** The formats of `--write-out` that a report has; etcd's tools have one text for those it has not. */
import { CommandError, exitCodes } from './command-error.ts';

export type Printer<Report> = (report: Report) => string;

export interface Formats<Report> {
  readonly simple: Printer<Report>;
  readonly table?: Printer<Report>;
  readonly json: Printer<Report>;
  readonly fields?: Printer<Report>;
}

const known = ['fields', 'json', 'protobuf', 'simple', 'table'];

/** Throws `CommandError` for a format that there is not; the printer does, for one that the report has not. */
export function printerOf<Report>(format: string, formats: Formats<Report>): Printer<Report> {
  if (!known.includes(format)) {
    throw new CommandError('unsupported output format', exitCodes.badFeature);
  }
  const printer = formats[format as keyof Formats<Report>];
  return (
    printer ??
    (() => {
      throw new CommandError(`${format} not supported as output format`, exitCodes.badFeature);
    })
  );
}
