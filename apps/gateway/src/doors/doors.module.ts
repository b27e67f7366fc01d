/** What people already run comes in here: Prometheus, and whatever asks DNS. */
import {
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LOG, type Log } from '../log.ts';
import { OPTIONS, type GatewayOptions } from '../options/options.ts';
import { ServiceDirectory } from '../services/service-directory.ts';
import { ServicesModule } from '../services/services.module.ts';
import { DnsDoor } from './dns-door.ts';
import { HttpSdController } from './http-sd.controller.ts';

@Module({
  imports: [ServicesModule],
  controllers: [HttpSdController],
  providers: [
    {
      provide: DnsDoor,
      inject: [ServiceDirectory, OPTIONS, LOG],
      useFactory: (directory: ServiceDirectory, options: GatewayOptions, log: Log) =>
        new DnsDoor(directory, options, log),
    },
  ],
})
export class DoorsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #dns: DnsDoor;

  constructor(@Inject(DnsDoor) dns: DnsDoor) {
    this.#dns = dns;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#dns.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#dns.close();
  }
}
