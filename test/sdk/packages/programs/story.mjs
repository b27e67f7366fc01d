/** The four lines that a service writes, against a member in this process: what a user runs first. */
export async function story({ connect }, { startServer }) {
  const server = await startServer();
  const concord = await connect({ endpoints: server.endpoints });
  try {
    await concord.client.kv.put('/db/url', 'postgres://db');
    const self = await concord.registry.register({
      name: 'orders',
      port: 3000,
      weight: 200,
      ttl: '15s',
    });
    const orders = await concord.discover('orders');
    const dbUrl = await concord.config.watch('/db/url');
    const jobs = await concord.lock.acquire('/jobs');
    const seen = {
      port: orders.pick().instance.port,
      dbUrl: dbUrl.current,
      token: typeof jobs.token,
      isHeld: !jobs.signal.aborted,
    };
    for (const held of [jobs, dbUrl, orders, self]) await held[Symbol.asyncDispose]();
    return seen;
  } finally {
    await concord.close();
    await server.stop();
  }
}
