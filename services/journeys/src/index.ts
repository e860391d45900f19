export { startWorld, type World, type WorldOptions } from './harness/world.ts';
