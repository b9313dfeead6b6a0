import type { ReactNode } from 'react';

// 16 × 16 line drawings.
const paths = {
  chain: 'M2 3h12M2 6.5h5M9 6.5h5M2 10h5M9 10h5M2 13.5h5M9 13.5h5',
  scan: 'M2 13V9M6 13V5M10 13V7M14 13V3',
  volatility: 'M1.5 9l2-4 2.5 7L9 3l2.5 8 1.5-3h1.5',
  surface: 'M1.5 11c3-6 5 2 7-3s3-4 6-2M1.5 14c3-6 5 2 7-3s3-4 6-2M1.5 8c3-6 5 2 7-3s3-4 6-2',
  dispersion: 'M8 8L3 3M8 8l5-5M8 8l-5 5M8 8l5 5M6.5 8a1.5 1.5 0 103 0 1.5 1.5 0 10-3 0',
  basket: 'M2 6h12l-1.5 7.5h-9zM5 6l2-4M11 6L9 2M6 8.5v3M10 8.5v3',
  hedge: 'M8 1.5l5.5 2v4c0 3.5-2.5 6-5.5 7-3-1-5.5-3.5-5.5-7v-4z',
  review: 'M2 4l1.5 1.5L6 3M8.5 4.5H14M2 9.5L3.5 11 6 8.5M8.5 10H14',
  reassess: 'M13.5 8a5.5 5.5 0 11-1.7-4M13.5 1.5v3h-3M8 5v3.3l2.2 1.4',
  ledger: 'M3.5 1.5h9v13h-9zM6 5h4M6 8h4M6 11h2.5M3.5 4h-1.5M3.5 8h-1.5M3.5 12h-1.5',
  'forward-starts': 'M2 3v10h12M4 10h3V6H4zM8 10h4V8H8z',
  'vol-contracts': 'M2 8h3l1.5-4 3 8L11 8h3M2 13.5h12',
  scenarios: 'M4 2v12M4 6c0 3 8 1 8 4v4M4 3.5a1.5 1.5 0 100-.01M12 13.5a1.5 1.5 0 100-.01',
  profit: 'M2 14V2M2 14h12M4 11l3-3.5 2.5 2L14 4M14 7.5V4h-3.5',
  positions: 'M2.5 2.5h11v11h-11zM2.5 6h11M6.5 6v7.5',
  imports: 'M8 2v8M5 7l3 3 3-3M2 11v3h12v-3',
  health: 'M1.5 8.5h3l1.5-4 3 7 1.5-3h4',
  audit: 'M4 1.5h6l3 3v10H4zM6 6h4M6 8.5h5M6 11h5',
} as const;
export type IconName = keyof typeof paths;

export function Icon(props: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={paths[props.name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinejoin="round"
      />
    </svg>
  );
}
