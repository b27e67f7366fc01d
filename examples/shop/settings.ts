/** Settings that both services read, and that can change while they run. */
import { defineConfig } from '@concord/sdk';
import { z } from 'zod';

export const settings = defineConfig({
  id: 'shop/settings',
  format: 'json',
  schema: z.object({ currency: z.string().length(3), feeCents: z.number().int().min(0) }),
  fallback: { currency: 'EUR', feeCents: 0 },
});

/** What the schema makes of an item. */
export interface Settings {
  readonly currency: string;
  readonly feeCents: number;
}
