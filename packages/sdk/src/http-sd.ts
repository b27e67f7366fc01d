/** `@concord/sdk/http-sd`: discovered services as targets of Prometheus. */
export { httpSdHandler, type HttpSdHandler, type HttpSdOptions } from '@concord/registry/http-sd';
