import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { RemoteView } from '../../renderer/components/RemoteView.tsx';
import { idle, ready, type Remote } from '../../renderer/remote.ts';
import { failure } from '../../shared/failure.ts';

const missing = failure('missing-chain', 'SPX', { asOf: '2026-03-27' });

function drawn(remote: Remote<readonly string[]>): string {
  return renderToStaticMarkup(
    <RemoteView
      remote={remote}
      what="the chain of SPX"
      isEmpty={(rows) => rows.length === 0}
      empty={<p>Import a chain.</p>}
      onCancel={() => {}}
      onRetry={() => {}}
      remedies={<button type="button">Show 4 Feb 2022</button>}
    >
      {(rows, isStale) => <p data-stale={isStale}>{rows.join(' ')}</p>}
    </RemoteView>,
  );
}

describe('RemoteView', () => {
  test('idle and loading say what is read', () => {
    expect(drawn(idle)).toContain('Reading the chain of SPX');
    expect(drawn({ status: 'loading', value: null, progress: null })).toContain('role="status"');
  });

  test('loading shows how far it is and can be cancelled', () => {
    const text = drawn({
      status: 'loading',
      value: null,
      progress: { label: 'fitting smiles', done: 3, total: 8 },
    });
    expect(text).toContain('fitting smiles');
    expect(text).toContain('3 of 8');
    expect(text).toContain('<progress value="3" max="8"');
    expect(text).toContain('Cancel');
  });

  test('a value stays in sight while it is asked again', () => {
    const text = drawn({ status: 'loading', value: ['4200'], progress: null });
    expect(text).toContain('4200');
    expect(text).toContain('data-stale="true"');
    expect(text).toContain('role="progressbar"');
  });

  test('a failure is the whole sentence with a way out', () => {
    const text = drawn({ status: 'failed', value: null, error: missing });
    expect(text).toContain('SPX has no option chain on 27 Mar 2026. Import one or choose another day.');
    expect(text).toContain('role="alert"');
    expect(text).toContain('Try again');
    expect(text).toContain('Show 4 Feb 2022');
  });

  test('a failure over a value keeps the value', () => {
    const text = drawn({ status: 'failed', value: ['4200'], error: missing });
    expect(text).toContain('SPX has no option chain');
    expect(text).toContain('4200');
  });

  test('an unexpected failure offers its incident number', () => {
    const error = failure('internal', 'The chain', { incident: 'a1b2c3' });
    expect(drawn({ status: 'failed', value: null, error })).toContain('Copy incident number');
  });

  test('nothing there is the sentence and action of the view', () => {
    expect(drawn(ready([]))).toContain('Import a chain.');
  });
});
