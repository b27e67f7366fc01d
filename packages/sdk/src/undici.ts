/** `@concord/sdk/undici`: discovered services as hosts of `fetch` and undici. */
export {
  createDispatcher,
  ServiceDispatcher,
  type DispatcherOptions,
  type RequestHashKey,
  type RequestToHash,
} from '@concord/registry/undici';
