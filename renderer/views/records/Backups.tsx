import { useEffect, useState, type ReactNode } from 'react';
import type { Backup } from '../../../shared/contract/backups.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { RemoteView } from '../../components/RemoteView.tsx';
import { counted, instant, integer } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { GridPane } from '../parts/GridPane.tsx';
import { useActions, useWorkstation } from '../workstation.ts';

const causes: Readonly<Record<Backup['cause'], string>> = {
  start: 'after opening',
  hour: 'every hour, where the desk was written',
  'by-hand': 'by hand',
  'before-restore': 'what was there before a restore',
  'before-migration': 'before a newer version changed the file',
};

const kilobyte = 1024;
const columns: readonly ColumnSpec<Backup>[] = [
  {
    key: 'at',
    header: 'Made',
    note: { what: 'when the copy was made and checked' },
    align: 'left',
    value: (row) => row.at,
    text: (row) => instant(row.at),
    width: 170,
  },
  {
    key: 'cause',
    header: 'Why',
    note: { what: 'what it was made for' },
    align: 'left',
    value: (row) => row.cause,
    text: (row) => causes[row.cause],
    width: 240,
  },
  {
    key: 'bytes',
    header: 'Size',
    unit: 'KiB',
    note: { what: 'size of the file' },
    value: (row) => row.bytes,
    text: (row) => integer(Math.ceil(row.bytes / kilobyte)),
    width: 90,
  },
  {
    key: 'restore',
    header: '',
    note: { what: 'puts this copy in the desk’s place; what is there now is kept' },
    align: 'left',
    sortable: false,
    value: () => 'Restore …',
    text: () => 'Restore …',
    tones: { strong: () => true },
    width: 90,
  },
  {
    key: 'name',
    header: 'File',
    note: { what: 'name of the file' },
    align: 'left',
    value: (row) => row.name,
    text: (row) => row.name,
    tones: { dim: () => true },
    grow: true,
    width: 220,
  },
];

/** The checked copies of this desk: made on their own and by hand, each can be put back. */
export function Backups(): ReactNode {
  const backups = useWorkstation((state) => state.backups);
  const { loadBackups, makeBackup, restoreBackup } = useActions();
  const [chosen, setChosen] = useState<Backup | null>(null);
  useEffect(() => void loadBackups(), [loadBackups]);
  return (
    <RemoteView remote={backups} what="the backups of this desk" onRetry={() => void loadBackups()}>
      {(value) => (
        <>
          <GridPane
            title={counted(value.backups.length, 'backup')}
            tip={value.folder === null ? 'A desk in memory has none' : `Kept in ${value.folder}`}
            name="backups"
            columns={columns}
            rows={value.backups}
            rowId={(row) => row.name}
            emptyText="None yet: the first is made half a minute after opening."
            onOpen={setChosen}
            onCellClick={(row, key) => {
              if (key === 'restore') setChosen(row);
            }}
            tools={
              <button
                type="button"
                data-tip="Copies the desk now, opens the copy and checks it"
                onClick={() => void makeBackup()}
              >
                Back up now
              </button>
            }
          />
          {chosen !== null && (
            <Dialog
              title={`Restore the desk of ${instant(chosen.at)}`}
              confirm="Restore"
              canConfirm
              onConfirm={() => {
                setChosen(null);
                void restoreBackup(chosen.name);
              }}
              onClose={() => setChosen(null)}
            >
              <p>
                Everything changed since {instant(chosen.at)} leaves the desk. What is there now is kept first
                as a backup of its own: restoring that one brings it back.
              </p>
            </Dialog>
          )}
        </>
      )}
    </RemoteView>
  );
}
