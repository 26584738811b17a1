import type { ComponentChildren } from 'preact';
import type { Hit } from '../../shared/api.js';
import { shownTitle } from '../../shared/format.js';
import './hits.css';

/** How a hit differs from the other list. */
export interface Mark {
  readonly text: string;
  readonly kind: 'in' | 'out' | 'other' | 'up' | 'down';
}

interface Props {
  readonly title: string;
  readonly hits: readonly Hit[];
  /** `place` counts from 1. */
  readonly markOf: (hit: Hit, place: number) => Mark | undefined;
  /** Below each hit. */
  readonly children?: (hit: Hit) => ComponentChildren;
}

/** A page of hits beside another one. */
export function HitList({ title, hits, markOf, children }: Props) {
  return (
    <div class="side">
      <h4>{title}</h4>
      {hits.length === 0 && <p class="about">Nothing is found.</p>}
      <ol aria-label={title}>
        {hits.map((hit, place) => {
          const mark = markOf(hit, place + 1);
          return (
            <li key={hit.id} class={mark?.kind}>
              <span class="place">{place + 1}</span>
              <span class="hit">
                {nameOfHit(hit)}
                <span class="about">{hit.id}</span>
              </span>
              {mark !== undefined && <span class="mark">{mark.text}</span>}
              {children?.(hit)}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Hits may have no more fields than were asked for. */
export function nameOfHit({ id, product }: Hit): string {
  return shownTitle({ ...product, id });
}
