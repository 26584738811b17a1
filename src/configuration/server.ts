import { z } from 'zod';

export const serverSchema = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address to listen on; an address that other machines can reach requires API keys.'),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .default(3000)
      .describe('Port to listen on; 0 takes a free one and prints it.'),
    data: z
      .string()
      .min(1)
      .default('./data')
      .describe('Folder of the store: the only data that needs a backup.'),
    indexes: z
      .string()
      .min(1)
      .default('./indexes')
      .describe('Folder of the generations, which are built from the store.'),
    model: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Folder of another ONNX transformer; null uses the bundled one.'),
  })
  .describe('Where the service listens, and its folders.');
