/** The files of a generation, beside `manifest.json`. The first three are there only where it has vectors. */
export const FILES = {
  /** hnswlib's own format; a point's label is its row in `vectors`. */
  graph: 'graph.hnsw',
  /** Rows of unit vectors, float32, one a distinct text; rows that no product has any more stay. */
  vectors: 'vectors.f32',
  /** Key of each row, row of each product, products of each row. */
  labels: 'graph-labels.bin',
  documents: 'documents.bin',
  lexical: 'lexical.bin',
  columns: 'columns.bin',
  identifiers: 'identifiers.bin',
} as const;
