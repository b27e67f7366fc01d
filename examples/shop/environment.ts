/** What each process of the example is told by its environment. */
import { z } from 'zod';

const environment = z
  .object({
    /** Endpoints of the cluster, separated by commas. */
    CONCORD: z.string().default('127.0.0.1:2379'),
    PORT: z.coerce.number().int().min(0).max(65535).default(0),
    WEIGHT: z.coerce.number().int().min(0).max(1000).default(100),
  })
  .parse(process.env);

export const endpoints = environment.CONCORD.split(',');
export const port = environment.PORT;
export const weight = environment.WEIGHT;
