/** `@concord/sdk/undici`: discovered services as hosts of `fetch`. */
export {
  createDispatcher,
  ServiceDispatcher,
  type DispatcherOptions,
} from '@concord/registry/undici';
