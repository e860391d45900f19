/** Injects the engine the environment chose. */
export const ENGINE = Symbol('troupe.engine');

/** Injects the store of answers by call id and question. */
export const ANSWERS = Symbol('troupe.engine-answers');
