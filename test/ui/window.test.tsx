import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../renderer/App.tsx';
import { createWorkstation, openWorkstation, type Workstation } from '../../renderer/state/store.ts';
import { views } from '../../renderer/views/registry.tsx';
import { openTestService, type TestService } from '../support/service.ts';
import { windowClient } from '../support/window-client.ts';

describe('the window on an empty desk', () => {
  let service: TestService;
  let client: ReturnType<typeof windowClient>;
  let desk: Workstation;
  beforeAll(async () => {
    service = openTestService();
    client = windowClient(service);
    desk = createWorkstation(client);
    (await openWorkstation(desk, client))();
    // Without a document React draws a store's initial state; here that is the one of now.
    Object.assign(desk, { getInitialState: desk.getState });
  });
  afterAll(async () => {
    client.close();
    await service.port.close();
  });
  const drawn = () => renderToStaticMarkup(<App workstation={desk} />);

  test('says in a sentence that it is empty, with one action and the demo market', () => {
    const text = drawn();
    expect(text).toContain('This desk is empty');
    expect(text).toContain('Import files');
    expect(text).toContain('Open the demo market');
  });

  test('lists every view with its shortcut', () => {
    const text = drawn();
    for (const view of views) {
      expect(text).toContain(`aria-keyshortcuts="Alt+${view.key.toUpperCase()}"`);
    }
    expect(new Set(views.map((view) => view.key)).size).toBe(views.length);
    expect(new Set(views.map((view) => view.name)).size).toBe(views.length);
  });

  test('shows jobs with their progress and a way to cancel, and the last thing that happened', () => {
    const { startJob, progressJob, endJob, tell } = desk.getState();
    const job = startJob('Reading prices.csv', () => {});
    progressJob(job, { label: 'line 1,200', done: 1200, total: 5000 });
    tell('done', 'prices.csv is imported.', { label: 'Undo', run: () => {} });
    const text = drawn();
    expect(text).toContain('Reading prices.csv');
    expect(text).toContain('1,200 / 5,000');
    expect(text).toContain('Cancel');
    expect(text).toContain('prices.csv is imported.');
    expect(text).toContain('Undo');
    endJob(job);
    desk.getState().dismissNotice();
    expect(drawn()).not.toContain('Reading prices.csv');
  });
});
