export { billingConnectors, type BillingSettings } from './billing-connectors.ts';
