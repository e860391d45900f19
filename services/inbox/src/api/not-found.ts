import { Problem } from '@troupe/service-host';

/** Throws 404 for something the projection does not hold. */
export function notFound(what: string, id: string, hint: string): never {
  throw new Problem(404, {
    type: `unknown-${what.replaceAll(' ', '-')}`,
    title: `There is no such ${what}`,
    detail: `Nothing is known of ${id}.`,
    hint,
  });
}
