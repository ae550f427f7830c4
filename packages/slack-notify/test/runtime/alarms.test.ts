import { record, sample, World } from './lambda/world';

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world.stop());

/** The alarm's state at a minute past three, and what it was before. */
function alarm(minute: number, value: string, before: string, id = `alarm-${minute}`) {
  const timestamp = `2026-03-05T15:${String(minute).padStart(2, '0')}:00.000+0000`;
  return record(sample('alarm', id, { state: { value, timestamp }, previousState: { value: before } }), 'alarm-app');
}

const states = () => world.titles().map((title) => title.replace(/^\S+ Alarm app-5xx /, ''));

test('each change of an alarm that flaps is told, so that the last message is how it is', async () => {
  await world.deliver([
    alarm(0, 'ALARM', 'OK'),
    alarm(1, 'OK', 'ALARM'),
    alarm(2, 'ALARM', 'OK'),
    alarm(3, 'OK', 'ALARM'),
    alarm(4, 'ALARM', 'OK'),
  ]);

  expect(states()).toEqual(['went off', 'recovered', 'went off', 'recovered', 'went off']);
});

test('a new alarm that finds its data is no recovery', async () => {
  await world.deliver([alarm(0, 'OK', 'INSUFFICIENT_DATA')]);
  await world.deliver([alarm(0, 'OK', 'INSUFFICIENT_DATA', 'the same once more')]);

  expect(states()).toEqual([]);
});

test('an alarm that went off, had too little data and is well then has recovered', async () => {
  await world.deliver([alarm(0, 'ALARM', 'OK'), alarm(9, 'OK', 'INSUFFICIENT_DATA')]);
  await world.restart();
  await world.deliver([alarm(20, 'OK', 'INSUFFICIENT_DATA')]);

  expect(states()).toEqual(['went off', 'recovered']);
});

test('a recovery that Slack could not be told is told later', async () => {
  await world.deliver([alarm(0, 'ALARM', 'OK')]);
  world.aws.failing.set('GetSecretValue', { status: 400, type: 'AccessDeniedException' });
  await world.restart();
  const recovered = alarm(9, 'OK', 'INSUFFICIENT_DATA');
  await world.deliver([recovered], 1);
  world.aws.failing.clear();
  await world.deliver([recovered]);

  expect(states()).toEqual(['went off', 'recovered']);
});

test('a state that was overtaken by a later one is not told', async () => {
  await world.deliver([alarm(5, 'OK', 'ALARM'), alarm(3, 'ALARM', 'OK')]);

  expect(states()).toEqual(['recovered']);
});

test('an alarm of another account or region is another alarm', async () => {
  const elsewhere = JSON.parse(alarm(3, 'ALARM', 'OK').body);
  await world.deliver([alarm(5, 'OK', 'ALARM'), record(JSON.stringify({ ...elsewhere, region: 'eu-west-1' }))]);

  expect(states()).toEqual(['recovered', 'went off']);
});
