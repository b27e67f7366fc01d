/** `@concord/sdk/undici`: discovered services as hosts of `fetch` and undici. */
export {
  createDispatcher,
  ServiceDispatcher,
  type DispatcherOptions,
} from '@concord/registry/undici';
