/** The window's tokens as colors that a canvas understands. */
export interface ChartColors {
  readonly panel: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly dim: string;
  readonly accent: string;
  readonly warning: string;
  readonly gain: string;
  readonly loss: string;
  readonly call: string;
  readonly put: string;
  readonly bid: string;
  readonly ask: string;
  readonly series: readonly string[];
  readonly font: string;
}

export function readColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => resolve(style, `--${name}`);
  return {
    panel: token('panel'),
    line: token('line'),
    lineStrong: token('line-strong'),
    text: token('text'),
    dim: token('text-dim'),
    accent: token('accent'),
    warning: token('warning'),
    gain: token('gain'),
    loss: token('loss'),
    call: token('call'),
    put: token('put'),
    bid: token('bid'),
    ask: token('ask'),
    series: Array.from({ length: 8 }, (_, index) => token(`series-${index + 1}`)),
    font: style.getPropertyValue('--font').trim(),
  };
}

/** A custom property may name another one. */
function resolve(style: CSSStyleDeclaration, name: string): string {
  const text = style.getPropertyValue(name).trim();
  const other = /^var\((--[\w-]+)\)$/.exec(text)?.[1];
  return other === undefined ? text : resolve(style, other);
}

/** Calls back when the theme or the color scheme of the window changes; returns its undo. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-scheme'],
  });
  return () => observer.disconnect();
}

export const withAlpha = (hex: string, alpha: number): string => {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex)?.[1];
  if (digits === undefined) return hex;
  return `#${digits}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
};
