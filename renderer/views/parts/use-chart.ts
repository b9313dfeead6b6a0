import { useEffect, useRef, type RefObject } from 'react';

interface ChartLike<Model> {
  update(model: Model): void;
  dispose(): void;
}

/** Owns a chart: made once in its container, given each new model, taken down with the view. */
export function useChart<Model, Chart extends ChartLike<Model>>(
  create: (container: HTMLElement) => Chart,
  model: Model | null,
): { readonly container: RefObject<HTMLDivElement | null>; readonly chart: RefObject<Chart | null> } {
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(null);
  const factory = useRef(create);
  useEffect(() => {
    if (container.current === null) return;
    const made = factory.current(container.current);
    chart.current = made;
    return () => {
      chart.current = null;
      made.dispose();
    };
  }, []);
  useEffect(() => {
    if (model !== null) chart.current?.update(model);
  }, [model]);
  return { container, chart };
}
