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
const testTools = ['@grpc/*', 'fast-check', 'protobufjs', 'etcd3'];

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
    // concordutl works on data directories where no member runs, and has no server to ask.
    row('ctl', ['protocol', 'kv', 'storage', ...kit], [...tools]),
    row('client', ['protocol', ...kit], ['@grpc/grpc-js', '@opentelemetry/api', 'cockatiel', ...tools]),
    row('registry', ['client', ...kit], ['@grpc/grpc-js', '@opentelemetry/api', '@standard-schema/spec', 'opossum', 'undici', ...tools]),
    row('config', ['client', ...kit], ['@opentelemetry/api', '@standard-schema/spec', 'smol-toml', 'yaml', ...tools]),
    row('lock', ['client', ...kit], ['@opentelemetry/api', ...tools]),
    row('sdk', ['client', 'registry', 'config', 'lock', ...kit], ['@grpc/grpc-js', ...tools]),
    row('nestjs', ['sdk', ...kit], ['@grpc/grpc-js', '@nestjs/*', 'reflect-metadata', 'rxjs', ...tools]),
    row('gateway', ['client', 'registry', 'config', 'lock', 'sdk', 'nestjs', ...kit], ['@fastify/*', '@grpc/*', '@nestjs/*', '@opentelemetry/api', 'dns-packet', 'fastify', 'grpc-health-check', 'jose', 'openid-client', 'pino', 'prom-client', 'reflect-metadata', 'rxjs', 'ws', 'yaml', 'zod', ...tools]),
