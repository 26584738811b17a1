import path from 'node:path';
import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { UserError } from '../domain/errors.js';
import type { ModelCard } from './model.js';

/** The model, loaded in this thread. Embeds one text at a time, so that a vector depends on its text alone. */
export class Transformer {
  private constructor(
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly model: PreTrainedModel,
    private readonly card: ModelCard,
  ) {}

  /** Loads from the card's folder only. One thread, because there is one worker per core. */
  static async load(card: ModelCard): Promise<Transformer> {
    env.allowRemoteModels = false;
    env.localModelPath = path.dirname(card.dir);
    const name = path.basename(card.dir);
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const model = await AutoModel.from_pretrained(name, {
      dtype: 'q8',
      session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
    });
    return new Transformer(tokenizer, model, card);
  }

  /**
   * Writes the unit vector of `text` into `into`, which has the model's dimension; zeros if the model knows none of its
   * tokens after the prefix for queries.
   */
  async embed(text: string, into: Float32Array): Promise<void> {
    const inputs: Record<string, Tensor> = this.tokenizer(text, {
      truncation: true,
      max_length: this.card.maxTokens,
    });
    if (!this.canRead(text, inputs.input_ids)) {
      into.fill(0);
      for (const tensor of Object.values(inputs)) tensor.dispose();
      return;
    }
    const outputs: Record<string, unknown> = await this.model(inputs);
    const hidden = outputs.last_hidden_state;
    if (
      !(hidden instanceof Tensor && hidden.data instanceof Float32Array && hidden.dims[2] === into.length)
    ) {
      throw new UserError(
        `The model in ${this.card.dir} gave no last_hidden_state of ${into.length} dimensions: it is not a feature-extraction transformer that fits its config.json.`,
      );
    }
    // The first token is a row, whose mean it is.
    meanPool(this.card.pooling === 'cls' ? hidden.data.subarray(0, into.length) : hidden.data, into);
    // Tensors that are not disposed stay allocated outside the heap, and memory grows to gigabytes.
    for (const tensor of [hidden, ...Object.values(inputs)]) tensor.dispose();
  }

  /** False for a text of unknown tokens only. */
  private canRead(text: string, ids: Tensor | undefined): boolean {
    const { queryPrefix } = this.card;
    if (queryPrefix !== '' && text.length > queryPrefix.length && text.startsWith(queryPrefix)) {
      const rest: Record<string, Tensor> = this.tokenizer(text.slice(queryPrefix.length));
      const readable = this.knowsSome(rest.input_ids);
      for (const tensor of Object.values(rest)) tensor.dispose();
      return readable;
    }
    return this.knowsSome(ids);
  }

  private knowsSome(ids: Tensor | undefined): boolean {
    const special = new Set(this.tokenizer.all_special_ids);
    let hasUnknown = false;
    for (const id of ids?.data ?? []) {
      if (!special.has(Number(id))) return true;
      if (Number(id) === this.tokenizer.unk_token_id) hasUnknown = true;
    }
    return !hasUnknown;
  }

  async dispose(): Promise<void> {
    await this.model.dispose();
  }
}

/** `hidden` holds tokens x dimension, row by row, without a mask. The result has length 1. */
function meanPool(hidden: Float32Array, into: Float32Array): void {
  const dimension = into.length;
  const tokenCount = hidden.length / dimension;
  into.fill(0);
  for (let token = 0, at = 0; token < tokenCount; token++) {
    for (let d = 0; d < dimension; d++, at++) into[d] = (into[d] ?? 0) + (hidden[at] ?? 0);
  }
  let square = 0;
  for (let d = 0; d < dimension; d++) square += (into[d] ?? 0) ** 2;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  for (let d = 0; d < dimension; d++) into[d] = (into[d] ?? 0) * scale;
}
