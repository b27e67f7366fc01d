/**
 * Judges content by JSON Schemas that programs have declared. They come from outside: a pattern may run for ever on the
 * right text, so every judgement has its time, after which it is given up.
 */
import { createContext, Script, type Context } from 'node:vm';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { IssueDocument } from './draft-schemas.ts';

/** A hundred times what a large configuration takes. */
const JUDGE_MS_MAX = 250;
/** Schemas that were compiled lately; compiling takes some milliseconds. */
const COMPILED_KEPT = 200;
const ISSUES_MAX = 20;

export type Judgement =
  | { readonly state: 'valid' }
  | { readonly state: 'invalid'; readonly issues: readonly IssueDocument[] }
  /** The schema cannot be applied, and why. */
  | { readonly state: 'unchecked'; readonly issues: readonly IssueDocument[] };

export class SchemaJudge {
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @param isPartial - the value will be merged with others: what it lacks is no fault */
  judge(schema: Readonly<Record<string, unknown>>, value: unknown, isPartial: boolean): Judgement {
    let errors: readonly ErrorObject[];
    try {
      errors = withinTime(() => this.#errors(schema, value));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        state: 'unchecked',
        issues: [{ message: `its schema cannot be applied: ${reason}` }],
      };
    }
    const faults = errors.filter(({ keyword }) => !(isPartial && keyword === 'required'));
    if (faults.length === 0) return { state: 'valid' };
    return { state: 'invalid', issues: faults.slice(0, ISSUES_MAX).map(issueOf) };
  }

  #errors(schema: Readonly<Record<string, unknown>>, value: unknown): readonly ErrorObject[] {
    const validate = this.#validator(schema);
    const answer: unknown = validate(value);
    if (typeof answer !== 'boolean') throw new Error('it is asynchronous');
    return answer ? [] : (validate.errors ?? []);
  }

  #validator(schema: Readonly<Record<string, unknown>>): ValidateFunction {
    const text = JSON.stringify(schema);
    const known = this.#compiled.get(text);
    this.#compiled.delete(text);
    // A compiler of its own for each: schemas of two versions may have one `$id`.
    const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
    const validate = known ?? formats.default(ajv).compile(schema);
    this.#compiled.set(text, validate);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > COMPILED_KEPT && oldest !== undefined) this.#compiled.delete(oldest);
    return validate;
  }
}

const call = new Script('work()');
const sandbox: Context & { work: () => unknown } = createContext({
  work: () => undefined,
}) as never;

/** What `work` answers. @throws Error when it takes too long */
function withinTime<T>(work: () => T): T {
  sandbox.work = work;
  try {
    return call.runInContext(sandbox, { timeout: JUDGE_MS_MAX }) as T;
  } finally {
    sandbox.work = () => undefined;
  }
}

const issueOf = ({
  instancePath,
  message = 'is refused',
  params,
  keyword,
}: ErrorObject): IssueDocument => {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
  const lacking =
    keyword === 'required' ? String((params as { missingProperty?: string }).missingProperty) : '';
  const surplus =
    keyword === 'additionalProperties'
      ? String((params as { additionalProperty?: string }).additionalProperty)
      : '';
  const place = [path, lacking, surplus].filter((part) => part !== '').join('.');
  const text = lacking !== '' ? 'is required' : surplus !== '' ? 'is not known here' : message;
  return { message: text, ...(place !== '' && { path: place }) };
};
