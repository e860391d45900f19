import type { TargetedSubmitEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem, call } from './api.ts';
import { Mark } from './mark.tsx';

/** Asks for the operator token and says where it is. */
export function Login({ onIn }: { onIn: () => void }): VNode {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await call('POST', '/api/session', { token: input.current?.value.trim() ?? '' });
      onIn();
    } catch (error) {
      setProblem(
        error instanceof ApiProblem ? `${error.detail} ${error.status === 429 ? (error.hint ?? '') : ''}`.trim() : String(error),
      );
      input.current?.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="login">
      <form onSubmit={(event) => void submit(event)}>
        <h1>
          <Mark /> Troupe
        </h1>
        <p>Your agents propose. Nothing leaves without your word.</p>
        <label>
          <span>Operator token</span>
          <input
            ref={input}
            type="password"
            name="token"
            autocomplete="current-password"
            required
            aria-invalid={problem !== undefined}
            aria-describedby="token-help"
          />
        </label>
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={busy}>
          Open the inbox
        </button>
        <p id="token-help" class="muted small">
          The token is in <code>.troupe/operator-token</code> on the machine that runs Troupe, or whatever{' '}
          <code>TROUPE_OPERATOR_TOKEN</code> was set to. <code>npm start</code> says where it is.
        </p>
      </form>
    </main>
  );
}
