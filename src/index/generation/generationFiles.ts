/** The files of a generation, besides `manifest.json`. The first five exist only if it has vectors. */
export const FILES = {
  /** hnswlib's own format; a point's label is its row in `vectors`. Only building reads it. */
  graph: 'graph.hnsw',
  /** The links of the graph, which searches follow. */
  links: 'graph-links.bin',
  /** Unit vectors as rows of float32, one row per distinct text; rows that no product uses any more stay. */
  vectors: 'vectors.f32',
  /** The same rows as int8. */
  quantized: 'vectors-quantized.bin',
  /** Key of each row, row of each product, products of each row. */
  labels: 'graph-labels.bin',
  documents: 'documents.bin',
  lexical: 'lexical.bin',
  columns: 'columns.bin',
  identifiers: 'identifiers.bin',
} as const;
