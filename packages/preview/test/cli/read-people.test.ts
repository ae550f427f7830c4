import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPeople } from '../../src/cli/read-people';

const directory = mkdtempSync(join(tmpdir(), 'viz-preview-people-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(content: string): string {
  const path = join(directory, 'people.json');
  writeFileSync(path, content);
  return path;
}

test('people are read with what they have', () => {
  expect(
    readPeople(file('[{"email":"a@b.c"},{"email":"d@e.f","password":"x","groups":["g"],"attributes":{"name":"D"}}]')),
  ).toStrictEqual([
    { email: 'a@b.c', groups: [], attributes: {} },
    { email: 'd@e.f', password: 'x', groups: ['g'], attributes: { name: 'D' } },
  ]);
});

test.each([
  ['[]', 'must hold a list of at least one person'],
  ['{}', 'must hold a list of at least one person'],
  ['[1]', '[0] of --users must be an object'],
  ['[{"email":"nobody"}]', '[0].email of --users must be an e-mail address'],
  ['[{"email":"a@b.c","role":"x"}]', 'knows email, password, groups and attributes, got: role'],
  ['[{"email":"a@b.c","groups":"x"}]', '[0].groups of --users must be a list of names'],
  ['[{"email":"a@b.c","password":1}]', '[0].password of --users must be text'],
  ['[{"email":"a@b.c","attributes":{"x":1}}]', '[0].attributes of --users must be an object of texts'],
  ['[{"email":"a@b.c","attributes":["x"]}]', '[0].attributes of --users must be an object of texts'],
  ['[{"email":"a@b.c","attributes":null}]', '[0].attributes of --users must be an object of texts'],
  ['[{"email":"a@b.c","attributes":"x"}]', '[0].attributes of --users must be an object of texts'],
  ['[{"email":"a@b.c","password":""}]', '[0].password of --users must be text'],
  ['[{"email":"a@b.c","groups":["g",1]}]', '[0].groups of --users must be a list of names'],
  ['[{"email":"a@b.c","groups":["g",""]}]', '[0].groups of --users must be a list of names'],
  ['[{"email":1}]', '[0].email of --users must be an e-mail address'],
  ['[null]', '[0] of --users must be an object'],
  ['[{"email":"a@b.c"},{"email":"d@e.f","role":"x","team":"y"}]', '[1] of --users knows email, password, groups and'],
  ['[{"email":"a@b.c","role":"x","team":"y"}]', 'got: role, team.'],
  ['[{"email":"a@b.c"},{"email":"A@b.c"}]', 'must name everyone once, got: a@b.c twice'],
])('%s is refused in words', (content, sentence) => {
  expect(() => readPeople(file(content))).toThrow(sentence);
  expect(() => readPeople(file(content))).toThrow(expect.objectContaining({ code: 'usage' }));
});

test.each(['a b@c', 'a@b c', 'a@b@c', '@b', 'a@', '<a@b>', 'a@b>', '"a"@b', 'a@b"'])('%s is no address', (email) => {
  expect(() => readPeople(file(JSON.stringify([{ email }])))).toThrow('must be an e-mail address');
});

test('a file that is not there is refused by its name', () => {
  expect(() => readPeople(`${directory}/nobody.json`)).toThrow(
    'nobody.json of --users must be a file that can be read.',
  );
});

test('a file that is no JSON is not repeated, because it may hold passwords', () => {
  const path = file('[{"password":"hunter2"');
  expect(() => readPeople(path)).toThrow('must hold JSON');
  expect(() => readPeople(path)).not.toThrow(/hunter2/);
});
