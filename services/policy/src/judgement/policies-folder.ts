import { fileURLToPath } from 'node:url';

/** Where the company's policies lie unless TROUPE_POLICIES says otherwise: the same from `src`, from `dist` and in the image. */
export const DEFAULT_POLICIES_FOLDER = fileURLToPath(new URL('../../../../deploy/policies/', import.meta.url));
