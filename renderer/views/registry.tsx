import type { ComponentType } from 'react';
import type { ViewName } from '../state/context.ts';
import { Audit } from './records/Audit.tsx';
import { Basket } from './basket/Basket.tsx';
import { Chain } from './chain/Chain.tsx';
import { Dispersion } from './dispersion/Dispersion.tsx';
import { ForwardStarts } from './forward-starts/ForwardStarts.tsx';
import { Health } from './records/Health.tsx';
import { Hedge } from './hedge/Hedge.tsx';
import { Imports } from './records/Imports.tsx';
import { Ledger } from './ledger/Ledger.tsx';
import { Positions } from './records/Positions.tsx';
import { Profit } from './profit/Profit.tsx';
import { Reassess } from './reassess/Reassess.tsx';
import { Review } from './review/Review.tsx';
import { Scan } from './volatility/Scan.tsx';
import { Scenarios } from './scenario/Scenarios.tsx';
import { Surface } from './volatility/Surface.tsx';
import { VolContracts } from './contracts/VolContracts.tsx';
import { Volatility } from './volatility/Volatility.tsx';

export interface ViewEntry {
  readonly name: ViewName;
  readonly title: string;
  /** For the rail, where the title is too long. */
  readonly short?: string;
  readonly about: string;
  /** With Alt: a digit or a letter. */
  readonly key: string;
  readonly View: ComponentType;
}

/** The views in the order of the rail. Keys: 1 chain … 0 positions, then S, I, H, A. */
export const views: readonly ViewEntry[] = [
  {
    name: 'chain',
    title: 'Chain',
    about: 'quotes, volatilities, greeks and the smile of a name',
    key: '1',
    View: Chain,
  },
  { name: 'scan', title: 'Scan', about: 'all names in one table', key: '2', View: Scan },
  {
    name: 'volatility',
    title: 'Volatility',
    short: 'Vol',
    about: 'realized volatility, cone and term structure of a name',
    key: '3',
    View: Volatility,
  },
  {
    name: 'surface',
    title: 'Surface',
    about: 'all smiles of a name, term structure, forward volatilities and densities',
    key: 's',
    View: Surface,
  },
  {
    name: 'dispersion',
    title: 'Dispersion',
    short: 'Disp',
    about: 'indices against their names: correlation, coefficients, votes',
    key: '4',
    View: Dispersion,
  },
  {
    name: 'basket',
    title: 'Basket',
    about: 'few names that track an index, under rules',
    key: '5',
    View: Basket,
  },
  {
    name: 'hedge',
    title: 'Hedge',
    about: 'calls to sell and puts to buy for a basket, within limits',
    key: '6',
    View: Hedge,
  },
  {
    name: 'review',
    title: 'Review',
    about: 'suggestions leg by leg, approval and tickets',
    key: '7',
    View: Review,
  },
  {
    name: 'reassess',
    title: 'Re-assess',
    about: 'the hedge that is on: what to roll, trade, keep or let expire, and why',
    key: 'r',
    View: Reassess,
  },
  {
    name: 'ledger',
    title: 'Ledger',
    about: 'premium sold, paid, kept and bought back by hedge cycle; options at their expiry',
    key: 'l',
    View: Ledger,
  },
  {
    name: 'forward-starts',
    title: 'Forward starts',
    short: 'Fwd starts',
    about: 'forward-start contracts, vega and gamma by slice, hedge numbers',
    key: '8',
    View: ForwardStarts,
  },
  {
    name: 'vol-contracts',
    title: 'Vol contracts',
    short: 'Vol contr',
    about: 'realized-volatility contracts with their observations',
    key: '9',
    View: VolContracts,
  },
  {
    name: 'scenarios',
    title: 'Scenarios',
    about: 'what if: branches of a frozen book, shocks, grids, curves, comparisons',
    key: 'w',
    View: Scenarios,
  },
  {
    name: 'profit',
    title: 'P&L',
    about: 'where profit and loss come from, value and risk by day, the report',
    key: 'p',
    View: Profit,
  },
  {
    name: 'positions',
    title: 'Positions',
    about: 'what is held, valued on the day, and what it adds up to',
    key: '0',
    View: Positions,
  },
  {
    name: 'imports',
    title: 'Imports',
    about: 'files in, with a look before they are stored',
    key: 'i',
    View: Imports,
  },
  {
    name: 'health',
    title: 'Health',
    about: 'what to know before trusting the data of the day',
    key: 'h',
    View: Health,
  },
  {
    name: 'audit',
    title: 'Audit',
    about: 'every change and refusal, newest first',
    key: 'a',
    View: Audit,
  },
];
