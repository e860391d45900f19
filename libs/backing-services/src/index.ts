export { findChromium, provideChromium } from './chromium.ts';
export type { ChromiumSearch } from './chromium.ts';
export { freePort } from './free-port.ts';
export { locateNatsServer } from './nats-binary.ts';
export type { Log, NatsBinary, NatsBinaryOrigin } from './nats-binary.ts';
export { startNats } from './nats-server.ts';
export type { NatsOptions, NatsServer } from './nats-server.ts';
export { provideNats } from './provide-nats.ts';
export type { ProvidedNats } from './provide-nats.ts';
