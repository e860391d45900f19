/** Injects the engine the environment chose. */
export const ENGINE = Symbol('troupe.engine');
