import { createContext, type ComponentChildren, type VNode } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import { ApiProblem } from './api.ts';

interface Toast {
  readonly id: number;
  readonly tone: 'note' | 'error';
  readonly title: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}

/** How any part of the page speaks up. */
export interface Toaster {
  note(title: string): void;
  /** An error stays until it is closed, the next one comes, or 12 s have passed. */
  fail(error: unknown): void;
}

const LASTS_MS = { note: 4_000, error: 12_000 } as const;
const ToasterContext = createContext<Toaster>({ note: () => undefined, fail: () => undefined });

export function useToaster(): Toaster {
  return useContext(ToasterContext);
}

export function ToastHost({ children }: { children: ComponentChildren }): VNode {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const toaster = useMemo(
    () =>
      toasterFor((toast) => {
        setToasts((all) => [...all.filter((other) => other.tone === 'note').slice(-2), toast]);
        setTimeout(() => close(toast.id), LASTS_MS[toast.tone]);
      }),
    [close],
  );
  return (
    <ToasterContext.Provider value={toaster}>
      {children}
      <div class="toasts">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </ToasterContext.Provider>
  );
}

function ToastView({ toast, onClose }: { toast: Toast; onClose: () => void }): VNode {
  return (
    <div class={`toast ${toast.tone}`} role={toast.tone === 'error' ? 'alert' : 'status'}>
      <div>
        <strong>{toast.title}</strong>
        {toast.detail && <p>{toast.detail}</p>}
        {toast.hint && <p class="muted">{toast.hint}</p>}
      </div>
      <button type="button" class="plain" aria-label="Close message" onClick={onClose}>
        ×
      </button>
    </div>
  );
}

let nextId = 1;

function toasterFor(show: (toast: Toast) => void): Toaster {
  return {
    note: (title) => show({ id: nextId++, tone: 'note', title }),
    fail: (error) => {
      const problem = error instanceof ApiProblem ? error : undefined;
      show({
        id: nextId++,
        tone: 'error',
        title: problem?.title ?? 'Something went wrong',
        detail: problem?.detail ?? String(error),
        hint: problem?.hint,
      });
    },
  };
}
