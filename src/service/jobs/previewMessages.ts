import { z } from 'zod';
import { FORMATS } from '../../formats/format.js';
import type { FilePreview } from '../../formats/previewFile.js';

/** The file to read, and how. */
export const previewTaskSchema = z.object({
  path: z.string(),
  format: z.enum(FORMATS).optional(),
  map: z.record(z.string(), z.string()).optional(),
  sheet: z.string().optional(),
  headerRow: z.number().optional(),
  placeholders: z.array(z.string()).optional(),
});
export type PreviewTask = z.infer<typeof previewTaskSchema>;

export type PreviewMessage =
  | { readonly preview: FilePreview }
  | { readonly error: string; readonly isUsers: boolean };
