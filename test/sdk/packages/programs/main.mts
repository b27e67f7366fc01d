/** Compiled, not run: the declarations are to make sense without ours beside them. */
import { connect, type Concord } from '@concord/sdk';
import { startServer, type TestServer } from '@concord/testing';

await using server: TestServer = await startServer();
await using concord: Concord = await connect({ endpoints: server.endpoints });
await using self = await concord.registry.register({
  name: 'orders',
  port: 3000,
  weight: 200,
  ttl: '15s',
});
const payments = await concord.discover('payments');
const port: number = payments.pick().instance.port;
const dbUrl = await concord.config.watch('/db/url');
await using jobs = await concord.lock.acquire('/jobs');
const token: number = jobs.token;
const signal: AbortSignal = jobs.signal;
console.log(self, port, dbUrl.current, token, signal);
