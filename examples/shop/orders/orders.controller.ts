import { Body, Controller, Get, Inject, Post, type OnModuleInit } from '@nestjs/common';
import type { ClientGrpc } from '@nestjs/microservices';
import { InjectConfig, OnConfig } from '@concord/nestjs';
import type { LiveValue } from '@concord/sdk';
import { status } from '@grpc/grpc-js';
import { firstValueFrom, retry, throwError, timer, type Observable } from 'rxjs';
import { settings, type Settings } from '../settings.ts';

interface Order {
  readonly order: string;
  readonly cents: number;
}

interface Payments {
  charge(order: Order): Observable<Order & { currency: string; instance: string }>;
}

/** Charging is safe to repeat, so a call that a dying instance took along is made again, with another one. */
const elsewhere = {
  count: 6,
  delay: (error: { code?: number }, attempt: number) =>
    error.code === status.UNAVAILABLE ? timer(20 * 2 ** attempt) : throwError(() => error),
};

@Controller()
export class OrdersController implements OnModuleInit {
  private payments!: Payments;
  private reloads = 0;

  constructor(
    @Inject('PAYMENTS') private readonly client: ClientGrpc,
    @InjectConfig(settings) private readonly settings: LiveValue<Settings>,
  ) {}

  onModuleInit(): void {
    this.payments = this.client.getService('Payments');
  }

  @OnConfig(settings)
  reloaded(): void {
    this.reloads++;
  }

  @Post('orders')
  async place(@Body() order: Order): Promise<unknown> {
    return firstValueFrom(this.payments.charge(order).pipe(retry(elsewhere)));
  }

  @Get('settings')
  current(): unknown {
    return { ...this.settings.current, reloads: this.reloads };
  }
}
