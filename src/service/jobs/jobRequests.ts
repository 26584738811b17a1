import { z } from 'zod';
import { FORMATS } from '../../formats/format.js';

const allowUnapply = z
  .boolean()
  .default(false)
  .describe('Whether more applied values than the checks allow may become suggestions again.');

/** Body of a request for a reindex. */
export const reindexRequestSchema = z.strictObject({
  enrich: z.boolean().default(true).describe('Whether blanks are filled first.'),
  describe: z
    .boolean()
    .optional()
    .describe(
      'Whether products without a description get one composed from known values; default: as the last reindex that said.',
    ),
  allow_shrink: z
    .boolean()
    .default(false)
    .describe('Whether to switch even to a generation much smaller than the one that serves.'),
  allow_unapply: allowUnapply,
});

/** Body of a request for an enrichment of the store. */
export const enrichRequestSchema = z.strictObject({
  fields: z.array(z.string().min(1)).min(1).optional().describe('Fill only these: category, color.'),
  where: z.string().optional().describe('Fill only products that pass, such as price > 50.'),
  allow_unapply: allowUnapply,
});

const reading = {
  format: z.enum(FORMATS).optional().describe('Default: by the file name or the content type.'),
  map: z
    .record(z.string().min(1), z.string().min(1))
    .optional()
    .describe('Which column holds which field: {"title": "Name"}.'),
  sheet: z
    .string()
    .min(1)
    .optional()
    .describe('Name or number of the sheet of a workbook; default: the first.'),
  header_row: z
    .int()
    .min(1)
    .max(1_048_576)
    .optional()
    .describe('Line or row of the names of the columns; default: the first that is no title.'),
};

const how = {
  ...reading,
  full: z
    .boolean()
    .default(false)
    .describe('Whether the file is the whole catalog, so that what it lacks is deleted.'),
  allow_shrink: z
    .boolean()
    .default(false)
    .describe('Whether a full import may delete more than the shrink guard allows.'),
  replace: z
    .boolean()
    .default(false)
    .describe('Whether rows are complete products, so that what a row lacks is removed.'),
  allow_clear: z
    .boolean()
    .default(false)
    .describe('Whether blank cells may clear more of a field than the checks allow.'),
  preview: z
    .boolean()
    .default(false)
    .describe('Whether only to report what the import would change, without changing it.'),
};

/** How a file names itself, to show it and to name its downloads. */
const uploadName = z.string().trim().min(1).max(200).optional();

/** Body of a request for the import of a file in the import folder. */
export const importRequestSchema = z.strictObject({
  file: z.string().min(1).max(1000).describe('A file in the import folder, such as feeds/today.csv.gz.'),
  ...how,
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** The same for an upload, by its id. */
export const uploadRequestSchema = z.strictObject({ upload: z.uuid(), name: uploadName, ...how });
export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** The options of an import. */
export type ImportHow = Omit<UploadRequest, 'upload'>;

/** Where the enricher learns how the values of a file are written. */
export const LEARN_FROM = ['shop', 'file'] as const;

/** A request to fill the blanks of an upload. */
export const fillRequestSchema = z.strictObject({
  upload: z.uuid(),
  name: uploadName,
  ...reading,
  learn_from: z.enum(LEARN_FROM).default('shop'),
});
export type FillRequest = z.infer<typeof fillRequestSchema>;

/** The options of a fill. */
export type FillHow = Omit<FillRequest, 'upload'>;

/** A request to learn from events. */
export const learnRequestSchema = z.strictObject({
  days: z.int().min(1).max(3650).optional().describe('Days of events that count; default: 90.'),
});

/** What to do with the draft of the taxonomy. */
export const taxonomyRequestSchema = z.strictObject({
  step: z.enum(['check', 'publish', 'undo']),
  version: z.string().trim().min(1).max(100).optional().describe('Name of the new version.'),
  revision: z.string().optional().describe('Of the draft that was checked.'),
});
