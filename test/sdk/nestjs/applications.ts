/** The applications of one test, in a corner of the key space of their own, closed at its end. */
import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { INestApplication, INestMicroservice } from '@nestjs/common';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { ConcordModule, type ConcordModuleOptions } from '@concord/nestjs';
import { connect, type Concord } from '@concord/sdk';
import type { SdkTarget } from '../harness/each-backend.ts';
import { moduleOf } from './decorate.ts';

/** Nothing is logged: what is wrong is thrown, or not what the test is about. */
const QUIET = { logger: false, abortOnError: false } as const;

export class Applications implements AsyncDisposable {
  readonly namespace: string;
  readonly #target: SdkTarget;
  readonly #open: INestApplicationContext[] = [];
  readonly #connections: Concord[] = [];

  constructor(target: SdkTarget) {
    this.#target = target;
    this.namespace = target.corner();
  }

  /** Through the proxies. */
  get connection(): ConcordModuleOptions {
    const { endpoints } = this.#target;
    return { endpoints, namespace: this.namespace, app: { name: 'test' } };
  }

  /** As another process would see the cluster, past the proxies. */
  async outside(): Promise<Concord> {
    const endpoints = this.#target.processes.direct;
    const concord = await connect({ endpoints, namespace: this.namespace });
    this.#connections.push(concord);
    return concord;
  }

  /** An HTTP application that does not listen yet, connected unless `metadata` says how. */
  async create(
    imports: NonNullable<ModuleMetadata['imports']>,
    options: Partial<ConcordModuleOptions> = {},
  ): Promise<INestApplication> {
    const root = ConcordModule.forRoot({ ...this.connection, ...options });
    return this.createFrom({ imports: [root, ...imports] });
  }

  async createFrom(metadata: ModuleMetadata): Promise<INestApplication> {
    const created = await NestFactory.create(moduleOf(metadata), QUIET);
    this.#open.push(created);
    return created;
  }

  async microservice(
    imports: NonNullable<ModuleMetadata['imports']>,
    port: number,
  ): Promise<INestMicroservice> {
    const module = moduleOf({ imports: [ConcordModule.forRoot(this.connection), ...imports] });
    const created = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port },
      ...QUIET,
    });
    this.#open.push(created);
    return created;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#target.lines.heal();
    for (const application of this.#open) await application.close();
    for (const concord of this.#connections) await concord.close({ drain: { observers: 'skip' } });
  }
}
