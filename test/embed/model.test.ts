import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openModel, runtimeVersion } from '../../src/embed/model.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A folder with the files of a model that cannot run. */
function modelFolder(config = '{"hidden_size": 4, "max_position_embeddings": 64}'): string {
  const folder = path.join(temporaryFolder(), 'tiny');
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), config);
  writeFileSync(path.join(folder, 'tokenizer.json'), 'words');
  writeFileSync(path.join(folder, 'tokenizer_config.json'), '{}');
  writeFileSync(path.join(folder, 'onnx', 'model_quantized.onnx'), 'weights');
  return folder;
}

function writeSettings(folder: string, settings: Record<string, unknown>): void {
  const whole = { version: 1, pooling: 'mean', query_prefix: '', dimension: 4, ...settings };
  writeFileSync(path.join(folder, 'embedding.json'), JSON.stringify(whole));
}

it('reads the properties of a model folder', async () => {
  const folder = modelFolder();
  expect(await openModel(path.relative('.', folder))).toEqual({
    dir: folder,
    name: 'tiny',
    revision: expect.stringMatching(/^[0-9a-f]{64}$/),
    dimension: 4,
    maxTokens: 64,
    pooling: 'mean',
    queryPrefix: '',
  });
  expect((await openModel(modelFolder('{"hidden_size": 4}'))).maxTokens).toBe(256);
});

it('changes the revision with everything a vector depends on, and with nothing else', async () => {
  const changes: Record<string, (folder: string) => void> = {
    weights: (folder) => writeFileSync(path.join(folder, 'onnx', 'model_quantized.onnx'), 'weighty'),
    tokenizer: (folder) => writeFileSync(path.join(folder, 'tokenizer.json'), 'tokens'),
    'tokenizer settings': (folder) => writeFileSync(path.join(folder, 'tokenizer_config.json'), '{"a": 1}'),
    truncation: (folder) =>
      writeFileSync(path.join(folder, 'config.json'), '{"hidden_size": 4, "max_position_embeddings": 32}'),
    pooling: (folder) => writeSettings(folder, { pooling: 'cls' }),
  };
  const { revision } = await openModel(modelFolder());
  expect((await openModel(modelFolder())).revision).toBe(revision);
  const seen = new Set([revision]);
  for (const change of Object.values(changes)) {
    const folder = modelFolder();
    change(folder);
    seen.add((await openModel(folder)).revision);
  }
  expect(seen.size).toBe(1 + Object.keys(changes).length);
  // A product's vector does not depend on the prefix of queries, nor on settings that say what holds without them.
  for (const settings of [{}, { query_prefix: 'query: ' }]) {
    const folder = modelFolder();
    writeSettings(folder, settings);
    expect((await openModel(folder)).revision).toBe(revision);
  }
});

it('reads how vectors are made from embedding.json', async () => {
  const folder = modelFolder();
  writeSettings(folder, { pooling: 'cls', query_prefix: 'query: ' });
  expect(await openModel(folder)).toMatchObject({ pooling: 'cls', queryPrefix: 'query: ', dimension: 4 });
});

it.each([
  [{ pooling: 'max' }, /embedding\.json, pooling: expected .*"mean" or "cls"/],
  [{ version: 2 }, /embedding\.json, version: expected/],
  [{ query_prefix: undefined }, /embedding\.json, query_prefix: expected/],
  [{ dimension: 5 }, /embedding\.json, dimension: found 5, but config\.json says 4/],
])('refuses the settings %j', async (settings, message) => {
  const folder = modelFolder();
  writeSettings(folder, settings);
  await expect(openModel(folder)).rejects.toThrow(message);
});

it('knows the version of the runtime', () => {
  const lock: { packages: Record<string, { version?: string }> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  );
  expect(runtimeVersion()).toBe(lock.packages['node_modules/onnxruntime-node']?.version);
});

it.each(['{}', '{"hidden_size": 0}', '[]'])('refuses the configuration %s', async (config) => {
  await expect(openModel(modelFolder(config))).rejects.toThrow(/has no hidden_size/);
});

it('refuses a configuration that is not JSON, and a folder without weights', async () => {
  await expect(openModel(modelFolder('{'))).rejects.toThrow(/config\.json is not readable JSON/);
  const folder = modelFolder();
  rmSync(path.join(folder, 'onnx', 'model_quantized.onnx'));
  await expect(openModel(folder)).rejects.toThrow(/lacks onnx.model_quantized\.onnx/);
});

it('verifies every file in sha256.txt, the weights included', async () => {
  const folder = modelFolder();
  const list = (weights: string) =>
    writeFileSync(
      path.join(folder, 'sha256.txt'),
      `${sha256('words')}  tokenizer.json\n\n${sha256(weights)}  ./onnx/model_quantized.onnx\n`,
    );
  list('weights');
  expect((await openModel(folder)).name).toBe('tiny');
  list('other weights');
  await expect(openModel(folder)).rejects.toThrow(/model_quantized\.onnx does not match sha256\.txt/);
});
