/** Where the options of the connection come from. */
import type {
  InjectionToken,
  ModuleMetadata,
  OptionalFactoryDependency,
  Provider,
  Type,
} from '@nestjs/common';
import { ConcordError, type ConnectOptions } from '@concord/sdk';

/** Options of `connect`, and whether every module of the application may inject what comes of it (the default). */
export type ConcordModuleOptions = ConnectOptions & { readonly isGlobal?: boolean };

/** A provider that knows the options, for `useClass` and `useExisting`. */
export interface ConcordOptionsFactory {
  createConcordOptions(): ConnectOptions | Promise<ConnectOptions>;
}

/** Exactly one of `useFactory`, `useClass` and `useExisting`. */
export interface ConcordModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  /** True by default. */
  readonly isGlobal?: boolean;
  /** What `useFactory` is called with. */
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is injected is Nest's affair
  readonly useFactory?: (...dependencies: any[]) => ConnectOptions | Promise<ConnectOptions>;
  /** Made for this, with what its constructor injects. */
  readonly useClass?: Type<ConcordOptionsFactory>;
  /** A provider of the modules that are imported. */
  readonly useExisting?: InjectionToken<ConcordOptionsFactory>;
}

/** Token of the options. */
export const OPTIONS: unique symbol = Symbol.for('concord.nestjs.options') as never;

const KNOWN = ['imports', 'isGlobal', 'inject', 'useFactory', 'useClass', 'useExisting'];
const WAYS = ['useFactory', 'useClass', 'useExisting'] as const;

/** @throws ConcordError `INVALID_ARGUMENT` for what is no object; the rest is the connection's to check */
export function checkedRoot(options: ConcordModuleOptions): ConcordModuleOptions {
  const given: unknown = options;
  if (typeof given === 'object' && given !== null) return options;
  throw invalid(
    'ConcordModule.forRoot',
    `options are ${String(given)}`,
    'give an object with endpoints',
  );
}

/** @throws ConcordError `INVALID_ARGUMENT` unless options come from exactly one place */
export function optionsProviders(options: ConcordModuleAsyncOptions): Provider[] {
  const operation = 'ConcordModule.forRootAsync';
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw invalid(
      operation,
      `there is no option "${unknown}"`,
      `the options are ${KNOWN.join(', ')}`,
    );
  }
  const given = WAYS.filter((way) => options[way] !== undefined);
  if (given.length !== 1) {
    const what = given.length === 0 ? 'none' : given.join(' and ');
    throw invalid(operation, `${what} of ${WAYS.join(', ')} is given`, 'give one of them');
  }
  const { useFactory, useClass, useExisting, inject = [] } = options;
  if (useFactory !== undefined) return [{ provide: OPTIONS, inject, useFactory }];
  const provider: Provider = {
    provide: OPTIONS,
    inject: [useExisting ?? useClass!],
    useFactory: (factory: ConcordOptionsFactory) => factory.createConcordOptions(),
  };
  return useClass === undefined ? [provider] : [useClass, provider];
}

function invalid(operation: string, problem: string, remedy: string): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', { operation, problem, remedy });
}
