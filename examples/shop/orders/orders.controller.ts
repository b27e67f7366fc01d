import { Body, Controller, Get, Inject, Post, type OnModuleInit } from '@nestjs/common';
import type { ClientGrpc } from '@nestjs/microservices';
import { InjectConfig, OnConfig } from '@concord/nestjs';
import type { LiveValue } from '@concord/sdk';
import { firstValueFrom, type Observable } from 'rxjs';
import { settings, type Settings } from '../settings.ts';

interface Order {
  readonly order: string;
  readonly cents: number;
}

interface Payments {
  charge(order: Order): Observable<Order & { currency: string; instance: string }>;
}

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
    return firstValueFrom(this.payments.charge(order));
  }

  @Get('settings')
  current(): unknown {
    return { ...this.settings.current, reloads: this.reloads };
  }
}
