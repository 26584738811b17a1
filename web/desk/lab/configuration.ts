/** How one side of the lab searches: what is switched off, and weights that differ. */
export interface Configuration {
  readonly off: readonly Switch[];
  readonly weights: Readonly<Record<string, number>>;
  /** Id of another index than the one that serves. */
  readonly generation?: string;
}

export const SWITCHES = {
  meaning: 'By meaning too, not by words alone',
  rules: 'Rules and published synonyms',
  facts: 'Filled values',
  understand: 'Prices and names of values in the search become filters',
  correct: 'Spelling is corrected',
} as const;
export type Switch = keyof typeof SWITCHES;

export const SWITCH_NAMES: readonly Switch[] = ['meaning', 'rules', 'facts', 'understand', 'correct'];

const WITHOUT: Readonly<Record<Switch, string>> = {
  meaning: 'by words only',
  rules: 'without rules',
  facts: 'without filled values',
  understand: 'without reading the search',
  correct: 'without corrections',
};

/** `@20261121-110203-7f3a,-meaning,words:0.8`, for the address; empty as it serves. */
export function writeConfiguration({ off, weights, generation }: Configuration): string {
  return [
    ...(generation === undefined ? [] : [`@${generation}`]),
    ...off.map((name) => `-${name}`),
    ...Object.entries(weights).map(([name, weight]) => `${name}:${weight}`),
  ].join(',');
}

export function readConfiguration(text: string): Configuration {
  const parts = text.split(',').filter((part) => part !== '');
  const weights: Record<string, number> = {};
  for (const part of parts) {
    if (part.startsWith('@')) continue;
    const [name = '', weight = ''] = part.split(':');
    if (weight !== '' && Number.isFinite(Number(weight))) weights[name] = Number(weight);
  }
  const generation = parts.find((part) => part.startsWith('@'))?.slice(1);
  return {
    off: SWITCH_NAMES.filter((name) => parts.includes(`-${name}`)),
    weights,
    ...(generation !== undefined && { generation }),
  };
}

/** As the service takes it. */
export function variantOf({ off, weights, generation }: Configuration) {
  return {
    ...(generation !== undefined && { generation }),
    meaning: !off.includes('meaning'),
    rules: !off.includes('rules'),
    facts: !off.includes('facts'),
    understand: !off.includes('understand'),
    correct: !off.includes('correct'),
    ...(Object.keys(weights).length > 0 && { weights }),
  };
}

/** `by words only, weight of words 0.8` */
export function configurationInWords({ off, weights, generation }: Configuration): string {
  const parts = [
    ...(generation === undefined ? [] : [`index ${generation}`]),
    ...off.map((name) => WITHOUT[name]),
    ...Object.entries(weights).map(([name, weight]) => `weight of ${name} ${weight}`),
  ];
  return parts.length === 0 ? 'as it serves' : parts.join(', ');
}
