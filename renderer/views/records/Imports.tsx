import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, integer } from '../../format.ts';
import { useActions, useWorkstation } from '../workstation.ts';
import { batchColumns } from './imports-columns.ts';
import { StagedFileView } from './ImportPreview.tsx';
import { GridPane } from '../parts/GridPane.tsx';
import { RememberedSplit } from '../parts/RememberedSplit.tsx';
import { Welcome } from '../parts/NeedsData.tsx';
import { Panel } from '../../components/Panel.tsx';

/** Files in: a look at each before anything is stored, and every batch can be taken back. */
export function Imports(): ReactNode {
  const { loadBatches } = useActions();
  const revision = useWorkstation((state) => state.desk.value?.dataRevision ?? 0);
  const nothingStaged = useWorkstation((state) => state.staged.length === 0);
  const isEmpty = useWorkstation((state) => state.desk.value?.isEmpty === true);
  useEffect(() => void loadBatches(), [loadBatches, revision]);
  if (nothingStaged && !isEmpty)
    return (
      <>
        <DropTarget />
        <Batches />
      </>
    );
  return (
    <RememberedSplit
      name="imports.list"
      direction="column"
      share={0.62}
      first={<Staging />}
      second={<Batches />}
    />
  );
}

function Staging(): ReactNode {
  const staged = useWorkstation((state) => state.staged);
  const inFront = useWorkstation((state) => state.stagedInFront);
  const isEmpty = useWorkstation((state) => state.desk.value?.isEmpty === true);
  const file = staged.find((item) => item.id === inFront) ?? staged[0] ?? null;
  return (
    <RememberedSplit
      name="imports.staging"
      direction="row"
      share={0.24}
      first={<StagedList />}
      second={
        file === null ? (
          isEmpty ? (
            <Welcome />
          ) : (
            <div className="state">
              <p>Drop or choose files: each is read and shown here before anything is stored.</p>
            </div>
          )
        ) : (
          <StagedFileView file={file} />
        )
      }
    />
  );
}

/** Where files come in, by choosing; dropping works anywhere in the window. */
function DropTarget(): ReactNode {
  const { addFiles } = useActions();
  const nothingStaged = useWorkstation((state) => state.staged.length === 0);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="drop-target">
      <button type="button" className={nothingStaged ? 'primary' : ''} onClick={() => field.current?.click()}>
        Choose files
      </button>
      <span>
        or drop them anywhere
        {nothingStaged ? ': each is read and shown before anything is stored' : ''}
      </span>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) void addFiles(files);
        }}
      />
    </div>
  );
}

function StagedList(): ReactNode {
  const staged = useWorkstation((state) => state.staged);
  const inFront = useWorkstation((state) => state.stagedInFront);
  const { showStaged, commitAllStaged, discardStaged } = useActions();
  const done = staged.filter((file) => file.state === 'committed');
  const waiting = staged.filter((file) => file.state === 'staged').length;
  return (
    <Panel
      title="Files"
      tools={
        waiting > 1 ? (
          <button type="button" className="primary" onClick={() => void commitAllStaged()}>
            Import all {integer(waiting)}
          </button>
        ) : done.length > 0 ? (
          <button
            type="button"
            className="quiet"
            onClick={() => done.forEach((file) => void discardStaged(file.id))}
          >
            Clear imported
          </button>
        ) : null
      }
    >
      <DropTarget />
      <ul className="staged-list scroll" aria-label="Files on their way">
        {staged.map((file) => (
          <li
            key={file.id}
            aria-current={file.id === inFront}
            tabIndex={0}
            onClick={() => showStaged(file.id)}
            onKeyDown={(event) => event.key === 'Enter' && showStaged(file.id)}
          >
            <span className="clip">{file.fileName}</span>
            <span className={file.state === 'failed' ? 'error' : 'dim'}>
              {file.state === 'failed' ? '▲ refused' : file.state === 'committed' ? '✓ imported' : file.state}
            </span>
            <span className="dim clip">
              {file.preview === null
                ? (file.progress?.label ?? '')
                : `${counted(file.preview.accepted + file.preview.changed, 'row')}, ${integer(file.preview.rejected)} rejected`}
            </span>
            {file.state === 'reading' && (
              <progress
                {...(file.progress?.total == null
                  ? {}
                  : { value: file.progress.done, max: file.progress.total })}
                aria-label={`Reading ${file.fileName}`}
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Batches(): ReactNode {
  const batches = useWorkstation((state) => state.batches);
  const { loadBatches, undoBatch, redoBatch } = useActions();
  const [selectedId, select] = useState<string | null>(null);
  const rows = useMemo(() => batches.value?.batches ?? [], [batches.value]);
  const chosen = rows.find((row) => String(row.batchId) === selectedId) ?? null;
  return (
    <RemoteView
      remote={batches}
      what="the list of imports"
      onRetry={() => void loadBatches()}
      isEmpty={(value) => value.batches.length === 0}
      empty={<p>No file was imported yet.</p>}
    >
      {() => (
        <GridPane
          title="Imported"
          name="imports.batches"
          columns={batchColumns}
          rows={rows}
          rowId={(row) => String(row.batchId)}
          selectedId={selectedId}
          onSelect={(row) => select(String(row.batchId))}
          search
          tools={
            chosen === null ? (
              <span className="dim">Choose a batch to take it back</span>
            ) : chosen.undoneAt === null ? (
              <button type="button" onClick={() => void undoBatch(chosen.batchId)}>
                Undo batch {integer(chosen.batchId)}
              </button>
            ) : (
              <button type="button" onClick={() => void redoBatch(chosen.batchId)}>
                Redo batch {integer(chosen.batchId)}
              </button>
            )
          }
        />
      )}
    </RemoteView>
  );
}
