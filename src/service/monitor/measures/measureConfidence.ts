import type { MonitoringSettings } from '../../../configuration/monitoring.js';
import type { HoldoutCells, HoldoutProfile } from '../../../enrich/holdoutProfile.js';
import { few, known, type Measure, percent } from './measure.js';

const KINDS = ['category', 'attributes'] as const;

interface Compared {
  readonly kind: (typeof KINDS)[number];
  readonly was: number;
  readonly is: number;
  readonly of: number;
}

/** How much lower the mean confidence is for new products, with their values masked, than for held-out ones. */
export function measureConfidence(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  settings: MonitoringSettings,
): Measure {
  const basis = { name: 'confidence_fall', threshold: settings.max_confidence_fall } as const;
  const worst = largestChange(
    compareKinds(expected, found, settings.min_products, 'answered', ({ confidence }) => confidence),
    ({ was, is }) => was - is,
  );
  if (worst === undefined) return few(basis, found.products, TOO_FEW);
  const { kind, was, is, of } = worst;
  return known(
    basis,
    Math.max(0, was - is),
    of,
    `The mean confidence for ${kind} of new products is ${percent(is)}; for held-out ones it was ${percent(was)}.`,
  );
}

/** How much larger the share of cells without an answer is for new products, with their values masked. */
export function measureAbstention(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  settings: MonitoringSettings,
): Measure {
  const basis = { name: 'abstention_rise', threshold: settings.max_abstention_rise } as const;
  const worst = largestChange(
    compareKinds(expected, found, settings.min_products, 'asked', abstained),
    ({ was, is }) => is - was,
  );
  if (worst === undefined) return few(basis, found.products, TOO_FEW);
  const { kind, was, is, of } = worst;
  return known(
    basis,
    Math.max(0, is - was),
    of,
    `${percent(is)} of the cells for ${kind} of new products get no answer; for held-out ones it was ${percent(was)}.`,
  );
}

const TOO_FEW = 'Too few products with merchant values were written since the enricher learned.';

function abstained({ asked, answered }: HoldoutCells): number {
  return asked === 0 ? 0 : 1 - answered / asked;
}

function compareKinds(
  expected: HoldoutProfile,
  found: HoldoutProfile,
  min: number,
  counted: 'asked' | 'answered',
  read: (cells: HoldoutCells) => number,
): Compared[] {
  return KINDS.filter((kind) => expected[kind][counted] > 0 && found[kind][counted] >= min).map((kind) => ({
    kind,
    was: read(expected[kind]),
    is: read(found[kind]),
    of: found[kind][counted],
  }));
}

function largestChange(compared: readonly Compared[], by: (one: Compared) => number): Compared | undefined {
  return [...compared].sort((a, b) => by(b) - by(a))[0];
}
