import { useMemo, useState, type ReactNode } from 'react';
import type { ImportFormat, ImportPreview } from '../../../shared/contract/imports.ts';
import { DateField } from '../../components/DateField.tsx';
import { FailureLine } from '../../components/RemoteView.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { counted, date, instant, integer, seconds } from '../../format.ts';
import type { ImportHints, StagedFile } from '../../state/imports.ts';
import { formatNames, rejectionColumns, sampleColumns } from './imports-columns.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions } from '../workstation.ts';
import { prose } from '../../prose.ts';

/** One file on its way: how it was read, what it brings, what it refuses, and the decision. */
export function StagedFileView(props: { readonly file: StagedFile }): ReactNode {
  const { file } = props;
  const { commitStaged, discardStaged, cancelStaging, openView } = useActions();
  const { preview } = file;
  if (preview === null)
    return (
      <div className="panel">
        {file.error !== null && <FailureLine error={file.error} />}
        {file.state === 'reading' ? (
          <div className="state state-loading" role="status">
            <p>
              Reading {file.fileName}
              {file.progress === null ? ' …' : `: ${file.progress.label}`}
            </p>
            <progress
              {...(file.progress?.total == null
                ? {}
                : { value: file.progress.done, max: file.progress.total })}
              aria-label={`Reading ${file.fileName}`}
            />
            <button type="button" onClick={() => cancelStaging(file.id)}>
              Cancel
            </button>
          </div>
        ) : (
          <>
            <Hints file={file} />
            <div className="state">
              <button type="button" onClick={() => void discardStaged(file.id)}>
                Remove from the list
              </button>
            </div>
          </>
        )}
      </div>
    );
  return (
    <div className="panel">
      <header className="panel-head">
        <h2>{preview.fileName}</h2>
        <div className="panel-tools">
          {file.state === 'committed' ? (
            <>
              <span className="dim">✓ imported as batch {integer(file.batch?.batchId)}</span>
              <button type="button" onClick={() => openView('chain')}>
                Show the chains
              </button>
              <button type="button" onClick={() => void discardStaged(file.id)}>
                Clear
              </button>
            </>
          ) : (
            <>
              <button
                type="button"
                className="primary"
                disabled={file.state !== 'staged' || preview.accepted + preview.changed === 0}
                onClick={() => void commitStaged(file.id)}
              >
                {file.state === 'committing'
                  ? 'Importing …'
                  : `Import ${counted(preview.accepted + preview.changed, 'row')}`}
              </button>
              <button
                type="button"
                disabled={file.state === 'committing'}
                onClick={() => void discardStaged(file.id)}
              >
                Discard
              </button>
            </>
          )}
        </div>
      </header>
      {file.error !== null && <FailureLine error={file.error} />}
      <PreviewBody key={preview.stagingId} preview={preview} file={file} />
    </div>
  );
}

function PreviewBody(props: { readonly preview: ImportPreview; readonly file: StagedFile }): ReactNode {
  const { preview } = props;
  const [shown, show] = useState<'rejections' | 'sample'>(preview.rejected > 0 ? 'rejections' : 'sample');
  const rejections = useMemo(
    () => preview.rejections.map((row, index) => ({ ...row, id: index })),
    [preview],
  );
  const columns = useMemo(() => sampleColumns(preview.sample.columns), [preview]);
  const sample = useMemo(() => preview.sample.rows.map((cells, id) => ({ id, cells })), [preview]);
  const kinds = Object.entries(preview.counts).map(
    ([kind, count]) => `${integer(count)} ${kind.replaceAll('-', ' ')}`,
  );
  return (
    <>
      <div className="counts">
        <Count label="accepted" value={preview.accepted} />
        <Count label="changed" value={preview.changed} />
        <Count label="duplicates" value={preview.duplicates} />
        <Count label="rejected" value={preview.rejected} tone={preview.rejected > 0 ? 'warning' : ''} />
        <div className="clip">
          <span>
            <strong>{formatNames[preview.format]}</strong> <span className="dim">{preview.formatReason}</span>
          </span>
          <span className="clip" data-tip={preview.summary}>
            {preview.summary}
          </span>
          <small>
            {preview.asOf === null ? 'no single day' : `as of ${date(preview.asOf)}`}
            {preview.quotedAt === null ? '' : `, quoted ${instant(preview.quotedAt)}`} · {kinds.join(', ')} ·
            read in {seconds(preview.seconds)}
          </small>
        </div>
      </div>
      {preview.sameFileAsBatch !== null && (
        <div className="note-line">
          <span aria-hidden="true">△</span>
          <span>The same file is on the desk as batch {integer(preview.sameFileAsBatch)}.</span>
        </div>
      )}
      {preview.warnings.map((warning) => (
        <div className="note-line" key={warning}>
          <span aria-hidden="true">△</span>
          <span>{prose(warning)}</span>
        </div>
      ))}
      {props.file.state !== 'committed' && <Hints file={props.file} />}
      <div className="toolbar">
        <Segmented
          label="Rows shown"
          value={shown}
          onChange={show}
          choices={[
            { value: 'rejections', label: `Rejected rows (${integer(preview.rejected)})` },
            { value: 'sample', label: 'First rows as stored' },
          ]}
        />
        {shown === 'rejections' && preview.rejected > preview.rejections.length && (
          <span className="dim">The first {integer(preview.rejections.length)} are listed.</span>
        )}
      </div>
      {shown === 'rejections' ? (
        <GridPane
          title="Rejected rows"
          name="imports.rejections"
          columns={rejectionColumns}
          rows={rejections}
          rowId={(row) => String((row as { id?: number }).id)}
          emptyText="No row was rejected"
          bare
        />
      ) : (
        <GridPane
          title="First rows"
          name={`imports.sample.${preview.format}`}
          columns={columns}
          rows={sample}
          rowId={(row) => String(row.id)}
          bare
        />
      )}
    </>
  );
}

function Count(props: { readonly label: string; readonly value: number; readonly tone?: string }): ReactNode {
  return (
    <div>
      <b className={props.tone ?? ''}>{integer(props.value)}</b>
      <small>{props.label}</small>
    </div>
  );
}

/** What the file does not say: format, symbol, index, day. */
function Hints(props: { readonly file: StagedFile }): ReactNode {
  const { restage } = useActions();
  const { hints, preview, fileId } = props.file;
  const [typed, setTyped] = useState<ImportHints>(hints);
  if (fileId === null) return null;
  const set = (key: keyof ImportHints, value: string) => {
    const { [key]: _dropped, ...rest } = typed;
    setTyped(value === '' ? rest : { ...rest, [key]: value });
  };
  return (
    <form
      className="form-line"
      onSubmit={(event) => {
        event.preventDefault();
        void restage(props.file.id, typed);
      }}
    >
      <label>
        Format
        <select value={typed.format ?? ''} onChange={(event) => set('format', event.target.value)}>
          <option value="">{preview === null ? 'detect' : `detected: ${formatNames[preview.format]}`}</option>
          {(Object.keys(formatNames) as ImportFormat[]).map((format) => (
            <option key={format} value={format}>
              {formatNames[format]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Symbol
        <input
          value={typed.symbol ?? ''}
          placeholder="from the file"
          onChange={(event) => set('symbol', event.target.value)}
        />
      </label>
      <label>
        Index
        <input
          value={typed.index ?? ''}
          placeholder="for weights"
          onChange={(event) => set('index', event.target.value)}
        />
      </label>
      <label>
        As of
        <DateField
          label="As of"
          value={typed.asOf ?? ''}
          from={null}
          blank="from the file"
          onChange={(asOf) => set('asOf', asOf)}
        />
      </label>
      <button type="submit" disabled={JSON.stringify(typed) === JSON.stringify(hints)}>
        Read again
      </button>
    </form>
  );
}
