import type { z } from 'zod';
import type { Versioned } from '../versions.ts';

/**
 * What an action can do to the world, and so who may let it run:
 * T0 reads, T1 can be taken back, T2 reaches someone outside, T3 moves money or cannot be taken back.
 */
export type Tier = 'T0' | 'T1' | 'T2' | 'T3';

/** `reversible` has a compensation; `irreversible` can only be stopped while its hold window is open. */
export type Reversibility = 'reversible' | 'irreversible';

/** A field as the inbox renders it; `kind` picks the control, `label` is what the owner reads. */
export interface ActionField {
  readonly key: string;
  readonly label: string;
  readonly kind: 'text' | 'long_text' | 'addresses' | 'money' | 'list';
  readonly editable: boolean;
}

/**
 * What everybody knows about one kind of action: its name, the form of its arguments, who runs it and what it risks.
 * `version` grows with each change of `args` or of what they do that would mislead whoever reads or runs an older one, and
 * then needs an upcaster of the arguments from the version before.
 */
export interface ActionContract<Args extends z.ZodType = z.ZodType> extends Versioned {
  readonly type: `${string}.${string}`;
  readonly title: string;
  readonly connector: string;
  readonly tier: Tier;
  readonly reversibility: Reversibility;
  /** The catalogue type that takes this one back, with the arguments it needs. */
  readonly compensation?: { readonly type: string; readonly args: (args: z.infer<Args>) => unknown };
  readonly args: Args;
  readonly fields: readonly ActionField[];
}

/** The arguments of an action, as its schema reads them. */
export type ArgsOf<Action extends ActionContract> = z.infer<Action['args']>;

/** Declares an action. Freezes it and does nothing else; the catalogue lists what there is. */
export function defineAction<Args extends z.ZodType>(contract: ActionContract<Args>): ActionContract<Args> {
  return Object.freeze(contract);
}
