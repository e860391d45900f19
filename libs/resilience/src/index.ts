export { guard, type BreakerState, type CallOptions, type Guard, type GuardOptions } from './guard.ts';
export { BreakerOpen, BulkheadFull, TimedOut, wasNotMade } from './guard.errors.ts';
