import { pathToFileURL } from 'node:url';
import { beforeEach, expect, test, vi } from 'vitest';
import { webDir } from '../http/serving.js';

/** As much of a browser's document as the form needs. */
class FakeElement {
  static focused: FakeElement | undefined;
  readonly attributes = new Map<string, string>();
  readonly listeners = new Map<string, (event: object) => void>();
  children: (FakeElement | string)[] = [];
  value = '';

  constructor(readonly tag: string) {}

  get className(): string {
    return this.attributes.get('class') ?? '';
  }

  set className(name: string) {
    this.attributes.set('class', name);
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(text: string) {
    this.children = [text];
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }

  append(...children: (FakeElement | string)[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: (FakeElement | string)[]): void {
    this.children = children;
  }

  addEventListener(kind: string, listener: (event: object) => void): void {
    this.listeners.set(kind, listener);
  }

  querySelector(selector: string): FakeElement | null {
    for (const child of this.children) {
      if (typeof child === 'string') continue;
      const isIt = selector.startsWith('.') ? `.${child.className}` === selector : child.tag === selector;
      const found = isIt ? child : child.querySelector(selector);
      if (found !== null) return found;
    }
    return null;
  }

  contains(other: FakeElement | undefined): boolean {
    return (
      this === other || this.children.some((child) => typeof child !== 'string' && child.contains(other))
    );
  }

  focus(): void {
    FakeElement.focused = this;
  }
}

class FakeInput extends FakeElement {}

beforeEach(() => {
  FakeElement.focused = undefined;
  const kept = new Map<string, string>();
  vi.stubGlobal('HTMLInputElement', FakeInput);
  vi.stubGlobal('document', {
    createElement: (tag: string) => (tag === 'input' ? new FakeInput(tag) : new FakeElement(tag)),
    get activeElement() {
      return FakeElement.focused;
    },
  });
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  return () => vi.unstubAllGlobals();
});

const page = (name: string) => import(pathToFileURL(`${webDir}/${name}`).href);
const {
  keyForm,
  showKeyForm,
}: {
  keyForm(error: { message: string; wrong: boolean }, onKey: () => void): FakeElement;
  showKeyForm(root: FakeElement, before: FakeElement[], form: FakeElement): void;
} = await page('keyForm.js');
const { keyHeader }: { keyHeader(): { 'x-api-key'?: string } } = await page('key.js');

function type(form: FakeElement, text: string): { prevented: boolean } {
  const event = { prevented: false, preventDefault: () => undefined };
  event.preventDefault = () => {
    event.prevented = true;
    return undefined;
  };
  const box = form.querySelector('input');
  if (box !== null) box.value = text;
  form.listeners.get('submit')?.(event);
  return event;
}

test('the form says why it asks, takes a key and sends it from then on', () => {
  const onKey = vi.fn();
  const form = keyForm({ message: 'This shop answers only with a key.', wrong: false }, onKey);
  const message = form.querySelector('p');
  expect(message?.textContent).toBe('This shop answers only with a key.');
  expect(message?.attributes.get('role')).toBe('alert');
  expect(form.querySelector('input')?.attributes.get('type')).toBe('password');
  expect(form.querySelector('button')?.attributes.get('type')).toBe('submit');
  // The browser must not send the form, which would put the key into the address.
  expect(type(form, ' sw_abc_def ').prevented).toBe(true);
  expect(onKey).toHaveBeenCalledTimes(1);
  expect(keyHeader()).toEqual({ 'x-api-key': 'sw_abc_def' });
});

test('the form refuses a text that cannot be a key, and keeps the one before', () => {
  const onKey = vi.fn();
  const form = keyForm({ message: 'Enter a key.', wrong: false }, onKey);
  type(form, 'sw_good');
  for (const text of ['', 'two words', 'schlüssel', 'a\nb']) {
    expect(type(form, text).prevented).toBe(true);
    expect(form.querySelector('.wrong')?.textContent).toMatch(/A key has no spaces/);
  }
  expect(onKey).toHaveBeenCalledTimes(1);
  expect(keyHeader()).toEqual({ 'x-api-key': 'sw_good' });
});

test('a wrong key is marked as wrong', () => {
  const form = keyForm({ message: 'This key is not valid.', wrong: true }, () => undefined);
  expect(form.querySelector('.wrong')?.textContent).toBe('This key is not valid.');
});

test('the form takes the focus only from the one before it', () => {
  const root = new FakeElement('section');
  const heading = new FakeElement('h2');
  const first = keyForm({ message: 'Enter a key.', wrong: false }, () => undefined);
  showKeyForm(root, [heading], first);
  expect(root.children).toEqual([heading, first]);
  expect(FakeElement.focused).toBeUndefined();
  first.querySelector('input')?.focus();
  const second = keyForm({ message: 'This key is not valid.', wrong: true }, () => undefined);
  showKeyForm(root, [heading], second);
  expect(root.children).toEqual([heading, second]);
  expect(FakeElement.focused).toBe(second.querySelector('input'));
});
