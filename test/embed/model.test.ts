import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openModel } from '../../src/embed/model.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A folder with the files of a model, none of which would run. */
function modelFolder(config = '{"hidden_size": 4, "max_position_embeddings": 64}'): string {
  const folder = path.join(temporaryFolder(), 'tiny');
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), config);
  writeFileSync(path.join(folder, 'tokenizer.json'), 'words');
  writeFileSync(path.join(folder, 'tokenizer_config.json'), '{}');
  writeFileSync(path.join(folder, 'onnx', 'model_quantized.onnx'), 'weights');
  return folder;
}

it('reads what a model folder says of itself', async () => {
  const folder = modelFolder();
  expect(await openModel(path.relative('.', folder))).toEqual({
    dir: folder,
    name: 'tiny',
    revision: sha256('weights'),
    dimension: 4,
    maxTokens: 64,
  });
  expect((await openModel(modelFolder('{"hidden_size": 4}'))).maxTokens).toBe(256);
});

it.each(['{}', '{"hidden_size": 0}', '[]'])('refuses the configuration %s', async (config) => {
  await expect(openModel(modelFolder(config))).rejects.toThrow(/names no hidden_size/);
});

it('refuses a configuration that is no JSON, and a folder without weights', async () => {
  await expect(openModel(modelFolder('{'))).rejects.toThrow(/config\.json is not readable JSON/);
  const folder = modelFolder();
  rmSync(path.join(folder, 'onnx', 'model_quantized.onnx'));
  await expect(openModel(folder)).rejects.toThrow(/lacks onnx.model_quantized\.onnx/);
});

it('holds every file that sha256.txt names against it, the weights included', async () => {
  const folder = modelFolder();
  const list = (weights: string) =>
    writeFileSync(
      path.join(folder, 'sha256.txt'),
      `${sha256('words')}  tokenizer.json\n\n${sha256(weights)}  ./onnx/model_quantized.onnx\n`,
    );
  list('weights');
  expect((await openModel(folder)).revision).toBe(sha256('weights'));
  list('other weights');
  await expect(openModel(folder)).rejects.toThrow(
    /model_quantized\.onnx is not the file that sha256\.txt names/,
  );
});
