import { useRef, type ReactNode } from 'react';
import { Panel } from '../../components/Panel.tsx';
import { useActions } from '../workstation.ts';
import { useChart } from './use-chart.ts';

interface ChartLike<Model> {
  update(model: Model): void;
  resize(): void;
  dispose(): void;
  png(title: string): Promise<Blob>;
  tsv(): string;
}

/** A titled chart with its tools: all of it in sight, copy as picture, copy its numbers. Keep `model` stable. */
export function ChartPane<Model>(props: {
  readonly title: string;
  readonly tip?: string;
  readonly tools?: ReactNode;
  readonly create: (container: HTMLElement) => ChartLike<Model>;
  readonly model: Model | null;
  /** What to say where there is no model. */
  readonly empty?: string;
}): ReactNode {
  const { tell } = useActions();
  // `create` is read once; callbacks inside it should go through a ref or the store.
  const create = useRef(props.create);
  const { container, chart } = useChart<Model, ChartLike<Model>>(create.current, props.model);
  const copied = async (what: 'picture' | 'numbers', write: () => Promise<void>) => {
    try {
      await write();
      tell('done', `${props.title}: ${what} copied.`);
    } catch {
      tell(
        'failed',
        `${props.title}: the ${what} could not be copied; allow this page to use the clipboard.`,
      );
    }
  };
  const copyPicture = async () => {
    const picture = chart.current?.png(props.title);
    if (picture === undefined) return;
    await copied('picture', () => navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]));
  };
  const copyNumbers = async () => {
    await copied('numbers', () => navigator.clipboard.writeText(chart.current?.tsv() ?? ''));
  };
  return (
    <Panel
      title={props.title}
      {...(props.tip === undefined ? {} : { tip: props.tip })}
      tools={
        <>
          {props.tools}
          <button
            type="button"
            className="quiet"
            data-tip="Show all of it"
            onClick={() => chart.current?.resize()}
          >
            Fit
          </button>
          <button
            type="button"
            className="quiet"
            data-tip="Copy as a picture (PNG)"
            onClick={() => void copyPicture()}
          >
            PNG
          </button>
          <button
            type="button"
            className="quiet"
            data-tip="Copy its numbers for a spreadsheet (TSV)"
            onClick={() => void copyNumbers()}
          >
            TSV
          </button>
        </>
      }
    >
      <div className="chart-box" ref={container} />
      {props.model === null && <div className="state state-over">{props.empty ?? 'Nothing to draw.'}</div>}
    </Panel>
  );
}
