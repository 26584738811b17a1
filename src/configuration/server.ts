import { z } from 'zod';

export const serverSchema = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address to listen on; one that other machines reach needs API keys.'),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .default(3000)
      .describe('Port to listen on; 0 takes one that is free and prints it.'),
    data: z
      .string()
      .min(1)
      .default('./data')
      .describe('Folder of the store, which is all that must be kept.'),
    indexes: z
      .string()
      .min(1)
      .default('./indexes')
      .describe('Folder of the generations, made out of the store.'),
    model: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Folder of another ONNX transformer; null is the bundled one.'),
  })
  .describe('Where the service listens and where its folders lie.');
