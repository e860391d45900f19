import { useState } from 'preact/hooks';
import { ApiProblem, call } from '../api.ts';
import type { LiveFeed } from '../live-feed.ts';
import { useToaster } from '../toasts.tsx';
import type { Card, DecisionRequest } from '../wire.ts';

export interface Decide {
  readonly busy: boolean;
  /** Field problems of the last refused edit, by path. */
  readonly problems: ApiProblem['fields'];
  /** True when the decision counted. What the card becomes is what the server says. */
  decide(request: Omit<DecisionRequest, 'digest'>): Promise<boolean>;
  undo(): Promise<boolean>;
  /** Sends a failed card again, in the same form. */
  retry(): Promise<boolean>;
  /** Says how a card of unknown outcome ended. */
  report(happened: boolean): Promise<boolean>;
}

/** The owner's word on a card. Nothing is shown before the server has said it. */
export function useDecide(feed: LiveFeed, card: Card | undefined): Decide {
  const toaster = useToaster();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<ApiProblem['fields']>([]);
  const send = async (path: string, body?: unknown): Promise<boolean> => {
    if (!card || busy) return false;
    setBusy(true);
    setProblems([]);
    try {
      const reply = await call<Card>('POST', `/api/actions/${encodeURIComponent(card.id)}/${path}`, body);
      if (reply.status === 202) toaster.note('Your word is stored and has not been answered yet.');
      else feed.tell('card', reply.body);
      return true;
    } catch (error) {
      if (error instanceof ApiProblem) setProblems(error.fields);
      toaster.fail(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    problems,
    decide: (request) => send('decision', { digest: card?.digest, ...request }),
    undo: () => send('undo'),
    retry: () => send('retry'),
    report: (happened) => send('outcome', { happened }),
  };
}
