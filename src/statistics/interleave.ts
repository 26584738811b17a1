/** Which of two rankings gave a place its product; null where a click there says nothing about either. */
export type Team = 'A' | 'B' | null;

/** One list made of two, with the team of each place. */
export interface Interleaved {
  readonly ids: readonly string[];
  readonly teams: readonly Team[];
}

/**
 * Team-draft interleaving (Radlinski, Kurup & Joachims, "How does clickthrough data reflect retrieval quality?", 2008): in
 * turns, with a coin for the first of each two, each ranking adds its best product that the list does not have yet.
 * Two kinds of places get no team and take no turn: those for which both rankings want the same product, whose credit
 * would depend on the coin alone, and those after one of the rankings is exhausted, where there is nothing to choose
 * between. Both rules treat the teams alike, so that equally good rankings still win equally often.
 * @param random uniform in [0, 1): the coin.
 */
export function teamDraft(
  a: readonly string[],
  b: readonly string[],
  length: number,
  random: () => number,
): Interleaved {
  const ids: string[] = [];
  const teams: Team[] = [];
  const taken = new Set<string>();
  const put = (id: string, team: Team): void => {
    ids.push(id);
    teams.push(team);
    taken.add(id);
  };
  const places = { A: 0, B: 0 };
  const next = (team: 'A' | 'B'): string | undefined => {
    const list = team === 'A' ? a : b;
    while (places[team] < list.length && taken.has(list[places[team]] ?? '')) places[team]++;
    return list[places[team]];
  };
  let waiting: 'A' | 'B' | undefined;
  while (ids.length < length) {
    const team = waiting ?? (random() < 0.5 ? 'A' : 'B');
    const other = team === 'A' ? 'B' : 'A';
    const own = next(team);
    const others = next(other);
    if (waiting === undefined && own !== undefined && own === others) {
      put(own, null);
    } else if (own !== undefined && (others !== undefined || waiting !== undefined)) {
      put(own, team);
      waiting = waiting === undefined ? other : undefined;
    } else {
      const id = own ?? others;
      if (id === undefined) break;
      put(id, null);
      waiting = undefined;
    }
  }
  return { ids, teams };
}

/** How many of a session's clicks each team got. */
export interface Credit {
  readonly a: number;
  readonly b: number;
}

/**
 * Attributes clicks to teams. Each product counts once per search, however often it was clicked; ids that are not in the
 * list count for nobody.
 */
export function creditClicks({ ids, teams }: Interleaved, clicked: Iterable<string>): Credit {
  let a = 0;
  let b = 0;
  for (const id of new Set(clicked)) {
    const team = teams[ids.indexOf(id)];
    if (team === 'A') a++;
    else if (team === 'B') b++;
  }
  return { a, b };
}

/**
 * What one session says: 1 if B got more clicks, -1 if A did, 0 if neither. Sessions, not clicks, are independent of each
 * other, so their mean is what confidence sequences may be built on.
 */
export function sessionPreference(credits: Iterable<Credit>): -1 | 0 | 1 {
  let difference = 0;
  for (const { a, b } of credits) difference += b - a;
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}
