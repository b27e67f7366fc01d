/** What a script of the corpus is: command lines in the order in which they run, against one server of their own. */

export interface Step {
  /** As a shell would have it: single quotes keep a word together, `$NAME` stands for what was learnt. */
  readonly line: string;
  readonly stdin?: string;
  /** On top of `ETCDCTL_ENDPOINTS`; an empty text takes a variable away. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Names for what the first group of a pattern finds in the output: an id. */
  readonly learn?: Readonly<Record<string, RegExp>>;
  /** Full name of the message that the output is the bytes of. */
  readonly message?: string;
  /** It shows two members, in the order of their ids: what of it is between lines and brackets is compared in any order. */
  readonly isUnordered?: true;
  /** Stdin stays open, and the program is not interrupted, until it has written so many lines. */
  readonly untilLines?: number;
  /** How it is ended then. */
  readonly end?: 'stdin' | 'interrupt';
  /** It has to run in a process of its own. */
  readonly isProcess?: true;
  /** It runs beside the next steps under this name, once it has written `untilLines`. */
  readonly beside?: string;
  /** Before this step, the step of this name has to end. */
  readonly after?: string;
}

export interface Script {
  readonly name: string;
  /** For the member that it runs against. */
  readonly serverFlags?: readonly string[];
  /** etcd of Debian, 3.4, answers all of it as 3.6 does. */
  readonly isOfOldEtcdToo?: true;
  readonly steps: readonly Step[];
}

type Options = Omit<Step, 'line'>;

export const step = (line: string, options: Options = {}): Step => ({ line, ...options });

/** The same line in several formats. */
export const inFormats = (
  line: string,
  formats: readonly string[],
  message?: string,
  options: Options = {},
): readonly Step[] =>
  formats.map((format) => {
    const isMessage = format === 'protobuf' && message !== undefined;
    return step(`${line} -w ${format}`, { ...options, ...(isMessage && { message }) });
  });

export const ALL_FORMATS = ['simple', 'json', 'fields', 'protobuf', 'table'] as const;

/** The words of a line. */
export function wordsOf(line: string, known: ReadonlyMap<string, string>): readonly string[] {
  const words = line.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return words.map((word) =>
    word
      .replaceAll("'", '')
      .replace(/\$([A-Z]+)/g, (whole, name: string) => known.get(name) ?? whole),
  );
}
