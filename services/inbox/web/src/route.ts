import { useEffect, useState } from 'preact/hooks';

/** What the page shows, as the fragment of its address says it. */
export type Route =
  | { readonly view: 'inbox'; readonly cardId: string | undefined }
  | { readonly view: 'company' }
  | { readonly view: 'undelivered' };

/** Reads `#/actions/<id>`, `#/company`, `#/undelivered`; everything else is the inbox. */
export function readRoute(hash: string): Route {
  if (hash === '#/company') return { view: 'company' };
  if (hash === '#/undelivered') return { view: 'undelivered' };
  const id = /^#\/actions\/([^/]+)$/.exec(hash)?.[1];
  return { view: 'inbox', cardId: id === undefined ? undefined : decodeURIComponent(id) };
}

export function cardAddress(id: string): string {
  return `#/actions/${encodeURIComponent(id)}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const onChange = (): void => setRoute(readRoute(location.hash));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return route;
}

/** The token in `#token=…`, taken out of the address and the history at once. */
export function takeToken(): string | undefined {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname);
  return token === undefined ? undefined : decodeURIComponent(token);
}
