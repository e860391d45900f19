export { startStripeStandIn, type StripeBehaviour, type StripeStandIn } from './testing/stripe-stand-in.ts';
