import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Product } from '../../src/domain/product.js';
import { type AppOptions, buildApp } from '../../src/http/app.js';
import type { Service } from '../../src/service/service.js';
import { memoryService } from './memoryService.js';

/** The root of the repository, from the location of the compiled test. */
const root = rootOf(fileURLToPath(import.meta.url));
export const webDir = `${root}/dist/web`;

export const products: Product[] = [
  {
    id: 'a/1',
    title: 'Navy linen dress',
    brand: 'Linnet',
    category: 'Apparel > Dresses',
    price: 89,
    attributes: { color: 'Navy' },
  },
  {
    id: 'ü %2F?#',
    title: 'Red mug',
    brand: "O'Neil",
    category: 'Kitchen > Mugs',
    price: 12,
    attributes: { color: 'Red' },
  },
  { id: 'c', title: 'Blue mug', category: 'Kitchen > Mugs', attributes: { color: 'Blue', sizes: [1, 2] } },
];

/** The app over a small shop, not listening and, unless the options say so, not logging. */
export function serving(
  overrides: Partial<Service> = {},
  options: Partial<AppOptions> = {},
): Promise<FastifyInstance> {
  return buildApp({ service: memoryService(products, overrides), webDir, logger: false, ...options });
}

export const at = (id: string) => `/v1/products/${encodeURIComponent(id)}`;

function rootOf(here: string): string {
  const [before] = here.split(/\/(?:build|dist)\/|\/test\/http\//);
  return before ?? here;
}
