/** What people already run comes in here: Prometheus, and whatever asks DNS. */
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LOG, type Log } from '../log.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import { ServicesModule } from '../services/services.module.ts';
import { DnsDoor, type DnsOptions } from './dns-door.ts';
import { HttpSdController } from './http-sd.controller.ts';

@Module({})
export class DoorsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #dns: DnsDoor;

  constructor(@Inject(DnsDoor) dns: DnsDoor) {
    this.#dns = dns;
  }

  static of(options: DnsOptions): DynamicModule {
    return {
      module: DoorsModule,
      imports: [ServicesModule],
      controllers: [HttpSdController],
      providers: [
        {
          provide: DnsDoor,
          inject: [ServiceDirectory, LOG],
          useFactory: (directory: ServiceDirectory, log: Log) =>
            new DnsDoor(directory, options, log),
        },
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#dns.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#dns.close();
  }
}
