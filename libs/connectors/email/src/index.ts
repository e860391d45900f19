export { emailConnectors, type EmailSettings } from './email-connectors.ts';
