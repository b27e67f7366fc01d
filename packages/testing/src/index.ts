/** A member for tests, and the simulated world: see README.md. */
export { startServer, type ServerOptions, type TestServer } from './start-server.ts';
export {
  randomCrash,
  SimulatedDisk,
  uniformCrash,
  type CrashChoices,
  type DiskOperation,
  type Interfere,
  type SimulatedDiskOptions,
} from './disk/simulated-disk.ts';
export type { SectorFate } from './disk/sectors.ts';
