import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { InjectConfig } from '@concord/nestjs';
import type { LiveValue } from '@concord/sdk';
import { port } from '../environment.ts';
import { settings, type Settings } from '../settings.ts';

interface Charge {
  readonly order: string;
  readonly cents: number;
}

@Controller()
export class PaymentsController {
  constructor(@InjectConfig(settings) private readonly settings: LiveValue<Settings>) {}

  @GrpcMethod('Payments')
  charge({ order, cents }: Charge): Charge & { currency: string; instance: string } {
    const { currency, feeCents } = this.settings.current;
    return { order, cents: cents + feeCents, currency, instance: String(port) };
  }
}
