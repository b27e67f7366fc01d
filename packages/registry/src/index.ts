/** Registration and discovery: see README.md. */
export {
  INSTANCE_STATES,
  WEIGHT_DEFAULT,
  WEIGHT_MAX,
  endpointOf,
  type Instance,
  type InstanceState,
  type Override,
} from './instance.ts';
