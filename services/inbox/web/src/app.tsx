import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, call, get, whenSignedOut } from './api.ts';
import { Login } from './login.tsx';
import { takeToken } from './route.ts';
import { Shell } from './shell.tsx';
import { useToaster } from './toasts.tsx';

type Session = 'asking' | 'out' | 'in';

/** Lets the owner in: by the session there is, by the token in the address, or by asking for it. */
export function App(): VNode | null {
  const [session, setSession] = useState<Session>('asking');
  const toaster = useToaster();
  useEffect(() => {
    whenSignedOut(() => setSession('out'));
    openSession().then(setSession, (error: unknown) => {
      setSession('out');
      toaster.fail(error);
    });
  }, [toaster]);
  switch (session) {
    case 'asking':
      return null;
    case 'out':
      return <Login onIn={() => setSession('in')} />;
    case 'in':
      return <Shell onOut={() => setSession('out')} />;
    default:
      return session satisfies never;
  }
}

async function openSession(): Promise<Session> {
  const token = takeToken();
  if (token !== undefined) {
    await call('POST', '/api/session', { token });
    return 'in';
  }
  try {
    await get('/api/summary');
    return 'in';
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return 'out';
    throw error;
  }
}
