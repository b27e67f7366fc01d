/** A member for tests, and the simulated world: see README.md. */
export { startServer, type ServerOptions, type TestServer } from './start-server.ts';
