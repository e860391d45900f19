export { services } from './services.ts';
export { startSolo, type Solo, type SoloOptions } from './start-solo.ts';
