import { packagePaths } from '../src/configuration/packagePaths.js';
import { startEmbedder } from '../src/embed/embedder.js';
import { openModel } from '../src/embed/model.js';
import { writeReferenceVectors } from '../src/embed/referenceVectors.js';
import { UNRELATED_PHRASES, UNRELATED_SENTENCES } from '../src/search/relevance/unrelatedTexts.js';

// Writes the vectors of the unrelated texts into the model's folder: run it when the model, its runtime or the texts
// change. A test compares them with the model.
const model = await openModel(process.argv[2] ?? packagePaths.model);
const embedder = await startEmbedder(model);
try {
  const texts = [...UNRELATED_PHRASES, ...UNRELATED_SENTENCES];
  const vectors = await embedder.embed(texts);
  await writeReferenceVectors(
    model,
    new Map(texts.map((text, at) => [text, vectors[at] ?? new Float32Array()])),
  );
  console.log(`${texts.length} vectors of ${model.name}`);
} finally {
  await embedder.close();
}
