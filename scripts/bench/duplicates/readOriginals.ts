import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Original } from './constructTables.js';

const esciSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  brand: z.string().optional(),
  description: z.string().optional(),
  price: z.number().optional(),
});
const phoneSchema = z.looseObject({
  sku: z.string(),
  name: z.string(),
  manufacturer: z.string().optional(),
  modelNumber: z.string().optional(),
  longDescription: z.string().nullish(),
  price: z.string().optional(),
});

/** Products of the ESCI subset. */
export async function readEsci(file: string): Promise<Original[]> {
  return (await lines(file)).map((line) => {
    const { id, title, brand, description, price } = esciSchema.parse(line);
    return { key: id, title, brand, description, price, codes: [id] };
  });
}

/** Products of the Best Buy phones. */
export async function readPhones(file: string): Promise<Original[]> {
  return (await lines(file)).map((line) => {
    const { sku, name, manufacturer, modelNumber, longDescription, price } = phoneSchema.parse(line);
    return {
      key: sku,
      title: name.replaceAll(/[®™]/gu, ''),
      brand: manufacturer,
      description: longDescription ?? undefined,
      price: price === undefined || Number.isNaN(Number(price)) ? undefined : Number(price),
      codes: [sku, ...(modelNumber?.split(/\s+/u) ?? [])],
    };
  });
}

async function lines(file: string): Promise<unknown[]> {
  return gunzipSync(await readFile(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
