/** A Nest application over the packed modules: it registers itself, sees itself, reads its settings, takes a lock. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConcordModule, configToken, serviceToken, WithLock } from '@concord/nestjs';
import { connect } from '@concord/sdk';
import { startServer } from '@concord/testing';

const server = await startServer();
const concord = await connect({ endpoints: server.endpoints });
await concord.client.kv.put('/db/url', 'postgres://db');

class Job {
  async work(what) {
    return `did ${what}`;
  }
}
const descriptor = Object.getOwnPropertyDescriptor(Job.prototype, 'work');
Object.defineProperty(
  Job.prototype,
  'work',
  WithLock((what) => `/jobs/${what}`)(Job.prototype, 'work', descriptor) ?? descriptor,
);

class App {}
Module({
  imports: [
    ConcordModule.forRoot({ endpoints: server.endpoints, app: { name: 'nest' } }),
    ConcordModule.register({ name: 'nest', id: 'one', address: '127.0.0.1', linger: 0 }),
    ConcordModule.discover(['nest']),
    ConcordModule.configuration(['/db/url']),
  ],
  providers: [Job],
})(App);

const app = await NestFactory.create(App, { logger: ['error'] });
await app.listen(0, '127.0.0.1');
// Whose id is taken does not start.
const second = await NestFactory.create(App, { logger: false });
await assert.rejects(second.listen(0, '127.0.0.1'), { code: 'CONFLICT' });
await second.close();
const view = app.get(serviceToken('nest'), { strict: false });
await view.waitFor(1);
const seen = {
  isSelf: view.pick().instance.port === app.getHttpServer().address().port,
  dbUrl: app.get(configToken('/db/url'), { strict: false }).current,
  job: await app.get(Job).work('sweep'),
};
const gone = new Promise((resolve) => {
  void concord.discover('nest').then((outside) => {
    outside.onUpdate(() => outside.snapshot.instances.length === 0 && resolve());
  });
});
await app.close();
await gone;
console.log(JSON.stringify({ ...seen, isGone: true }));
await concord.close();
await server.stop();
