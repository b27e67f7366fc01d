/** The parser of Prometheus' text has no types of its own. */
declare module 'parse-prometheus-text-format' {
  export interface ParsedFamily {
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly metrics: readonly {
      readonly labels?: Readonly<Record<string, string>>;
      readonly value?: string;
    }[];
  }

  /** Throws where the text cannot be parsed. */
  export default function parsePrometheusTextFormat(text: string): readonly ParsedFamily[];
}
