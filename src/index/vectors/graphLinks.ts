import { damaged } from '../files/checksummedFile.js';
import type { SectionReader } from '../files/sectionReader.js';
import type { SectionWriter } from '../files/sectionWriter.js';

/** The links of list i are `links[offsets[i]]` to before `links[offsets[i + 1]]`. */
interface Links {
  readonly offsets: Uint32Array;
  readonly links: Uint32Array;
}

/** One level of the graph above the lowest: list i is that of point `members[i]`. `members` ascend. */
export interface UpperLevel extends Links {
  readonly members: Uint32Array;
}

/** The links of an HNSW graph without its vectors: on the lowest level, list i is that of point i. */
export interface GraphLinks extends Links {
  readonly points: number;
  readonly entryPoint: number;
  /** From level 1 up. */
  readonly upper: readonly UpperLevel[];
}

/** Writes `graph-links.bin`. */
export function writeGraphLinks(to: SectionWriter, { offsets, links, upper, ...graph }: GraphLinks): void {
  to.array('graph', Uint32Array.of(graph.points, graph.entryPoint, upper.length));
  to.array('offsets', offsets);
  to.array('links', links);
  for (const [level, { members, ...lists }] of upper.entries()) {
    to.array(`members.${level}`, members);
    to.array(`offsets.${level}`, lists.offsets);
    to.array(`links.${level}`, lists.links);
  }
}

/** Reads `graph-links.bin`; `path` is for messages. UserError where it has not this many points. */
export function readGraphLinks(path: string, sections: SectionReader, expectedPoints: number): GraphLinks {
  const [points = 0, entryPoint = 0, levels = 0] = sections.u32('graph');
  if (points !== expectedPoints)
    throw damaged(path, `holds ${points} points where there are ${expectedPoints} labels`);
  return {
    points,
    entryPoint,
    offsets: sections.u32('offsets'),
    links: sections.u32('links'),
    upper: Array.from({ length: levels }, (_, level) => ({
      members: sections.u32(`members.${level}`),
      offsets: sections.u32(`offsets.${level}`),
      links: sections.u32(`links.${level}`),
    })),
  };
}
