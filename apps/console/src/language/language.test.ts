import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

type Texts = { readonly [key: string]: string | Texts };

const source = join(import.meta.dirname, '..');
const subjects = globSync('en/*.json', { cwd: import.meta.dirname }).map((file) =>
  basename(file, '.json'),
);

const catalogue = (language: string, subject: string): Map<string, string> => {
  const file = join(import.meta.dirname, language, `${subject}.json`);
  return new Map(flat(JSON.parse(readFileSync(file, 'utf8')) as Texts));
};

function* flat(texts: Texts, prefix = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') yield [prefix + key, value];
    else yield* flat(value, `${prefix}${key}.`);
  }
}

/** Chinese has one form where English has two. */
const singular = (key: string): string => key.replace(/_(?:one|other)$/, '');

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)|<(\d+)>/g)].map(([, name, tag]) => name ?? tag ?? '').sort();

test('both languages have the same texts', () => {
  for (const subject of subjects) {
    const english = new Set([...catalogue('en', subject).keys()].map(singular));
    const chinese = new Set([...catalogue('zh', subject).keys()].map(singular));
    assert.deepEqual([...chinese].sort(), [...english].sort(), subject);
  }
  assert.deepEqual(
    globSync('zh/*.json', { cwd: import.meta.dirname })
      .map((file) => basename(file, '.json'))
      .sort(),
    [...subjects].sort(),
  );
});

test('a text of either language fills in the same values', () => {
  for (const subject of subjects) {
    const chinese = catalogue('zh', subject);
    for (const [key, text] of catalogue('en', subject)) {
      if (key.endsWith('_one')) continue;
      assert.deepEqual(
        placeholders(chinese.get(key) ?? ''),
        placeholders(text),
        `${subject}:${key}`,
      );
    }
  }
});

test('no text is empty, and none of the Chinese ones was left in English', () => {
  // Names and units that are written alike in both.
  const alike = /^[\s\d\W]*(?:[A-Za-z0-9_./{}%-]+[\s\W]*){0,3}$/;
  for (const subject of subjects) {
    const english = catalogue('en', subject);
    for (const [key, text] of catalogue('zh', subject)) {
      assert.notEqual(text.trim(), '', `${subject}:${key}`);
      if (text === english.get(key))
        assert.match(text, alike, `${subject}:${key} is not translated`);
    }
  }
});

test('every component takes its texts from the catalogues', () => {
  // Text between tags, or in an attribute that is read to people, that begins with a letter.
  const written =
    />\s*[A-Z][a-z]+[^<>{}=;]*<\/|\b(?:label|title|placeholder|aria-label|description)="[A-Z][a-z]/;
  for (const file of globSync('**/*.tsx', { cwd: source })) {
    const text = readFileSync(join(source, file), 'utf8');
    const match = written.exec(text.replace(/\/\*[\s\S]*?\*\//g, ''));
    assert.equal(match?.[0], undefined, file);
  }
});
