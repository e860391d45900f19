/** US dollars per million tokens, list prices as of early 2026. A model that is missing here is recorded at cost 0. */
const PRICES: Record<string, { input: number; output: number }> = {
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-4o': { input: 2.5, output: 10 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
};

const DATED = /-\d{4}-\d{2}-\d{2}$/;

/** Cost of a call in US dollars; 0 for a model without a known price (a local server, a new model). */
export function costUsd(model: string, tokens: { input: number; output: number }): number {
  const price = PRICES[model.replace(DATED, '')];
  if (!price) return 0;
  return (tokens.input * price.input + tokens.output * price.output) / 1e6;
}
