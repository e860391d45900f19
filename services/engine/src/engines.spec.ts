import { createEngine } from './engines.ts';

describe('createEngine', () => {
  it.each([
    [{}, { provider: 'offline-rules' }],
    [{ OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }, { provider: 'offline-rules' }],
    [{ OPENAI_API_KEY: 'k' }, { provider: 'openai', model: 'gpt-4.1-mini' }],
    [{ OPENAI_BASE_URL: 'http://localhost:1/v1', OPENAI_MODEL: 'llama' }, { provider: 'openai-compatible', model: 'llama' }],
  ])('%j gives %j', async (env, model) => {
    expect((await createEngine(env)).model).toMatchObject(model);
  });

  it('refuses a time-out that is none, with the fix', async () => {
    await expect(createEngine({ OPENAI_API_KEY: 'k', OPENAI_TIMEOUT_MS: 'soon' })).rejects.toThrow(/"soon".*such as 60000/);
  });
});
