/** What the demo's services read and reload. */
import { defineConfig } from '@concord/sdk';
import { z } from 'zod';

export const checkoutSettings = defineConfig({
  id: 'checkout/settings',
  format: 'json',
  schema: z.object({
    currency: z.string().length(3),
    feePercent: z.number().min(0).max(10),
    isExpressEnabled: z.boolean(),
  }),
  fallback: { currency: 'EUR', feePercent: 1.5, isExpressEnabled: false },
});

export const poolSettings = defineConfig({
  id: 'database/pool',
  format: 'yaml',
  schema: z.object({ max: z.int().min(1).max(200), idleSeconds: z.int().min(1) }),
  fallback: { max: 20, idleSeconds: 30 },
});

export const searchSettings = defineConfig({
  id: 'search/ranking',
  format: 'toml',
  schema: z.object({ freshness: z.number(), popularity: z.number() }),
  fallback: { freshness: 0.4, popularity: 0.6 },
});
