/**
 * `npm start -- --demo`: a small company at work on the cluster, so that the console has something to show. Real HTTP services
 * that find each other, share load by weight, reload settings, hold locks and lead. Everything that moves is made by chance
 * every few seconds. Environment: CONCORD, the endpoints.
 */
import { endpoints } from '../shop/environment.ts';
import { Office } from './office.ts';
import { startServices } from './services.ts';
import { startJobs } from './jobs.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const services = await startServices(endpoints, stopping.signal);
const jobs = startJobs(endpoints, stopping.signal);
const office = new Office(endpoints, services);
await office.work(stopping.signal);
await Promise.all([jobs, ...services.map((service) => service.close())]);
