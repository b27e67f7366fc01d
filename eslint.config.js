/**
 * The architecture, as rules. `boundaries` is the table of who may import whom: one row a project, arrows
 * of DESIGN.md transcribed. The compiler keeps Node's types out of the pure packages; the bans below keep
 * out what compiles anyway.
 */
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const row = (project, mayImport, packages) => ({
  sourceTag: `is:${project}`,
  onlyDependOnLibsWithTags: mayImport.map((name) => `is:${name}`),
  allowedExternalImports: packages,
});

/** Tests may use the test kit, and independent implementations to compare ours with. */
const testTools = ['@grpc/*', 'fast-check', 'protobufjs', 'etcd3', 'zod', 'valibot'];

const boundaries = (forTests) => {
  const kit = forTests ? ['testing'] : [];
  const tools = forTests ? testTools : [];
  return [
    row('protocol', [...kit], [...tools]),
    row('raft', [...kit], [...tools]),
    row('testing', [], ['@peculiar/x509', 'reflect-metadata', ...tools]),
    row('kv', ['raft', 'protocol', ...kit], [...tools]),
    row('grpc-server', [...kit], [...tools]),
    row('storage', ['kv', 'raft', 'protocol', ...kit], ['lmdb', ...tools]),
    row('server', ['protocol', 'raft', 'kv', 'storage', 'grpc-server', ...kit], ['bcryptjs', 'pino', 'prom-client', 'ws', 'yaml', '@peculiar/x509', 'reflect-metadata', ...tools]),
    // concordutl works on data directories where no member runs, and has no server to ask; concordctl asks servers, and its own groups are on the SDK.
    row('ctl', ['protocol', 'raft', 'kv', 'storage', 'client', 'registry', 'config', 'lock', 'sdk', ...kit], [...tools]),
    row('client', ['protocol', ...kit], ['@grpc/grpc-js', '@opentelemetry/api', 'cockatiel', ...tools]),
    row('registry', ['client', ...kit], ['@grpc/grpc-js', '@opentelemetry/api', '@standard-schema/spec', 'opossum', 'undici', ...tools]),
    row('config', ['client', ...kit], ['@opentelemetry/api', '@standard-schema/spec', 'smol-toml', 'yaml', ...tools]),
    row('lock', ['client', ...kit], ['@opentelemetry/api', ...tools]),
    row('sdk', ['client', 'registry', 'config', 'lock', ...kit], ['@grpc/grpc-js', ...tools]),
    row('nestjs', ['sdk', ...kit], ['@grpc/grpc-js', '@nestjs/*', 'reflect-metadata', 'rxjs', ...tools]),
    row('gateway', ['client', 'registry', 'config', 'lock', 'sdk', 'nestjs', ...kit], ['@fastify/*', '@grpc/*', '@nestjs/*', '@opentelemetry/api', 'ajv', 'ajv/**', 'ajv-formats', 'cockatiel', 'dns-packet', 'fastify', 'grpc-health-check', 'jose', 'openid-client', 'pino', 'prom-client', 'reflect-metadata', 'rxjs', 'ws', 'yaml', 'zod', ...tools]),
    row('console', [], ['@codemirror/*', '@fontsource-variable/*', '@lezer/highlight', '@mantine/*', '@tabler/*', '@tanstack/*', 'i18next', 'openapi-fetch', 'react', 'react-dom', 'react-dom/*', 'react-i18next', 'react-router', 'uplot', 'uplot/**']),
    row('examples', ['sdk', 'nestjs', 'testing'], ['@grpc/*', '@nestjs/*', 'reflect-metadata', 'rxjs', 'zod']),
    row('test', ['client', 'registry', 'config', 'lock', 'sdk', 'nestjs', 'protocol', 'raft', 'kv', 'storage', 'grpc-server', 'testing', 'test'], ['@seriousme/openapi-schema-validator', 'ajv', 'ajv-formats', 'esbuild', 'ws', ...testTools]),
  ];
};

const moduleBoundaries = (forTests) => [
  'error',
  {
    allow: [],
    depConstraints: boundaries(forTests),
    banTransitiveDependencies: false,
    enforceBuildableLibDependency: false,
  },
];

const noBarrels = {
  selector: 'ExportAllDeclaration',
  message: 'Name what is exported: an index is a table of contents.',
};

/** What a deterministic core must not reach for: the world is handed in. */
const pure = [
  ...['Date', 'performance', 'crypto', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'WeakRef', 'FinalizationRegistry', 'Promise'].map(
    (name) => ({ name, message: 'Pure packages take time, chance and I/O as parameters.' }),
  ),
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'packages/protocol/src/gen/**', 'apps/console/src/api/gen/**', '**/*.mjs', 'eslint.config.js', 'test/foreign/**/*.js'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(false),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // An index that the line before has bounded: a check there would cost the request path, `as` says less.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `return await` keeps the frame of an async function in a stack trace; both forms are fine.
      '@typescript-eslint/return-await': 'off',
      // A method is handed on as a callback only where it does not use `this`: the type checker cannot tell.
      '@typescript-eslint/unbound-method': 'off',
      // A visitor that may say `false` to stop is declared `boolean | void`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-syntax': ['error', noBarrels],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['packages/{protocol,raft,kv}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/harness/**'],
    rules: {
      'no-restricted-globals': ['error', ...pure],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Chance is handed in, seeded.' }],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'Pure packages do no I/O.' }] }],
      'no-restricted-syntax': [
        'error',
        noBarrels,
        { selector: 'AwaitExpression, :function[async=true]', message: 'The core is synchronous.' },
      ],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts', 'bin/**/*.ts', 'packages/protocol/codegen/**/*.ts', 'packages/*/bench/**/*.ts', 'packages/*/src/harness/**/*.ts', 'apps/*/src/*/harness/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(true),
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] }] }],
      'no-console': 'off',
    },
  },
  {
    // Nest's modules are classes without members, and its options classes that are given as literals.
    files: ['packages/nestjs/**/*.ts', 'apps/gateway/**/*.ts', 'examples/**/*.ts', 'test/sdk/nestjs/*.ts', 'test/sdk/scenarios/*.ts'],
    rules: { '@typescript-eslint/no-extraneous-class': 'off', '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    // React takes handlers that answer promises, and its components are functions whose types are plain to see.
    files: ['apps/console/**/*.tsx'],
    rules: { '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }] },
  },
  { files: ['apps/console/vite.config.ts'], rules: { '@nx/enforce-module-boundaries': 'off' }, languageOptions: { parserOptions: { projectService: false, project: 'apps/console/tsconfig.build.json' } } },
  { files: ['examples/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['bin/**/*.ts', 'test/**/*.ts', 'packages/protocol/codegen/**/*.ts', 'apps/console/codegen/**/*.ts', 'docs/.vitepress/*.ts'], rules: { '@nx/enforce-module-boundaries': 'off' } },
);
