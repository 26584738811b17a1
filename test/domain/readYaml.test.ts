import { expect, it } from 'vitest';
import { readYaml } from '../../src/domain/readYaml.js';

it('refuses more aliases than people write, before the parser looks each of them up', () => {
  const text = (aliases: number) =>
    `a: &a [1]\n${Array.from({ length: aliases }, (_, n) => `b${n}: *a`).join('\n')}`;
  expect(readYaml(text(90))).toMatchObject({ raw: { b89: [1] } });
  expect(readYaml(text(101))).toMatchObject({ message: expect.stringMatching(/more than 100 aliases/) });
  expect(readYaml(`notes: "${'2 * 3, '.repeat(500)}"`)).toHaveProperty('raw');
});
