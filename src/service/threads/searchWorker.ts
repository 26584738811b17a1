import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { ModelError } from '../../embed/modelError.js';
import { searchAlike } from '../../search/search.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import type { FromSearchThread, SearchThreadData, ThreadAnswer, ToSearchThread } from './searchMessages.js';
import { ThreadCatalog } from './threadCatalog.js';

const port = parentPort;
if (port === null) throw new Error('service/threads/searchWorker runs as a worker thread');
const data: SearchThreadData = workerData;
const send = (message: FromSearchThread): void => port.postMessage(message);

const SYNONYMS_INTERVAL_MS = 500;

type Vectors = readonly (Float32Array | undefined)[];
const questions = new Map<number, { resolve(vectors: Vectors): void; reject(error: Error): void }>();
let asked = 0;

function ask(question: (id: number) => FromSearchThread): Promise<Vectors> {
  return new Promise((resolve, reject) => {
    const id = asked++;
    questions.set(id, { resolve, reject });
    send(question(id));
  });
}

async function embedReference(texts: readonly string[], asQueries = false): Promise<Float32Array[]> {
  const vectors = await ask((id) => ({ kind: 'embedReference', id, texts, asQueries }));
  return vectors.map((vector) => vector ?? new Float32Array(0));
}

async function embedQuery(text: string): Promise<Float32Array | undefined> {
  // By words where it cannot be embedded, as the main thread answers.
  const [vector] = await ask((id) => ({ kind: 'embedQuery', id, text })).catch(() => []);
  return vector;
}

const store = openReadOnly(data.dataDir);
port.on('message', (message: ToSearchThread) => void hear(message));
const opening = ThreadCatalog.open({ ...data, store, embedReference }, data.memory);
const catalog = await opening;
const timer = setInterval(() => void catalog.reloadSynonyms(), SYNONYMS_INTERVAL_MS);
send({ kind: 'ready' });

async function hear(message: ToSearchThread): Promise<void> {
  switch (message.kind) {
    case 'search':
      return answer(message);
    case 'embedded':
      return settle(message.id)?.resolve(message.vectors);
    case 'notEmbedded':
      return settle(message.id)?.reject(new ModelError(message.reason, true));
    case 'prepare':
      await (await opening).prepare(message.memory);
      return send({ kind: 'ready' });
    case 'switch':
      return (await opening).switch();
    case 'reapply':
      return (await opening).reapply(message.ids, message.vectors);
    case 'close':
      return close();
  }
}

function settle(id: number) {
  const question = questions.get(id);
  questions.delete(id);
  return question;
}

async function answer({
  id,
  requests,
  sequence,
}: Extract<ToSearchThread, { kind: 'search' }>): Promise<void> {
  try {
    const { status = 'active' } = requests[0] ?? {};
    await catalog.reach(sequence);
    const times: Readonly<Record<string, number>>[] = [];
    const embed = data.model === undefined ? undefined : embedQuery;
    const answers = await searchAlike(
      () => catalog.context(status),
      requests,
      embed,
      (parts) => times.push(parts),
    );
    send({ kind: 'answered', id, answers: answers.map(describeAnswer), times });
  } catch (error) {
    send({ kind: 'failed', id, reason: sentenceOf(error) });
  }
}

function describeAnswer(answer: Awaited<ReturnType<typeof searchAlike>>[number]): ThreadAnswer {
  return answer instanceof UserError ? { refused: answer.message, field: answer.field } : { answer };
}

function close(): void {
  clearInterval(timer);
  catalog.close();
  store.close();
  port?.close();
}
