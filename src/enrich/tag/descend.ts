import { seededRandom, shuffle } from '../../domain/seededRandom.js';
import type { Asked, Question } from './askSpans.js';
import type { SpanText } from './readSpans.js';
import { oneOf, someOf } from './semiMarkov.js';
import type { SpanFeatures } from './spanFeatures.js';
import { SpanDescent, SpanScorer } from './spanScorer.js';

/** Passes over the lessons. */
const FEWEST_PASSES = 4;
const MAX_PASSES = 16;
/** Long texts have more spans to tell from the answer, and take a pass for so many of them. */
const SPANS_A_PASS = 40;
/** Spans scored in all passes together; beyond it passes are left out. */
const MAX_SCORED = 100_000_000;
/** A lesson none of whose probabilities is further off than this teaches nothing more. */
const BY_HEART = 0.01;
const RATE = 0.2;

/** One question to one row, and the answer. */
export interface Lesson {
  readonly text: SpanText;
  readonly features: SpanFeatures;
  readonly asked: Asked;
  readonly question: Question;
  readonly several: boolean;
  /** Spans that are the answer: of several every one, else any. None: nothing is. */
  readonly answers: Int32Array;
  readonly weight: number;
}

/** Stochastic descent of the negative log-likelihood, the rate falling linearly to zero. Deterministic for a seed. */
export function descend(lessons: readonly Lesson[], weights: Float32Array, seed: number): void {
  const random = seededRandom(seed);
  const scorer = new SpanScorer(weights);
  const descent = new SpanDescent(weights);
  const order = Int32Array.from(lessons.keys());
  const settled = new Uint8Array(lessons.length);
  const passes = passesFor(lessons);
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    for (let n = 0; n < order.length; n++) {
      const lesson = lessons[order[n] ?? 0];
      if (lesson === undefined) continue;
      // What is known by heart is asked again after a pass.
      const place = order[n] ?? 0;
      if (settled[place] === 1) {
        settled[place] = 0;
        continue;
      }
      const { text, features, question, asked } = lesson;
      scorer.score(text, features, question, asked);
      const rate = RATE * lesson.weight * (1 - (pass + n / order.length) / passes);
      const slopes = slopesOf(lesson, scorer.scores);
      if (slopes.every((slope) => slope < BY_HEART && slope > -BY_HEART)) settled[place] = 1;
      else descent.take(text, features, question, asked, slopes, rate);
    }
  }
}

function passesFor(lessons: readonly Lesson[]): number {
  const spans = lessons.reduce((sum, { text }) => sum + text.stems.length, 0);
  const due = Math.min(MAX_PASSES, spans / (SPANS_A_PASS * lessons.length), MAX_SCORED / spans);
  return Math.max(FEWEST_PASSES, Math.floor(due));
}

/** The derivative of a lesson's loss by each span's score: what the model expects less what the answer has. */
export function slopesOf(
  { text, answers, several }: Pick<Lesson, 'text' | 'answers' | 'several'>,
  scores: Float64Array,
): Float64Array {
  const slopes = new Float64Array(scores.length);
  if (several) {
    someOf(text, text.tokens.length, scores, slopes);
    for (const x of answers) slopes[x] = (slopes[x] ?? 0) - 1;
    return slopes;
  }
  oneOf(scores, slopes);
  // The value may stand in several places, and any of them answers: their shares among themselves stay.
  let right = 0;
  for (const x of answers) right += slopes[x] ?? 0;
  if (right > 0) for (const x of answers) slopes[x] = (slopes[x] ?? 0) - (slopes[x] ?? 0) / right;
  return slopes;
}
