/** The invented names. No ticker, company or index here stands for a real one. */

export interface Company {
  readonly symbol: string;
  readonly name: string;
  readonly sector: string;
  /** Price on the first session. */
  readonly startPrice: number;
  /** Shares outstanding, millions. */
  readonly sharesMillions: number;
  readonly beta: number;
  /** Loading on the sector factor. */
  readonly sectorLoading: number;
  /** Long-run idiosyncratic volatility, decimal. */
  readonly idioVol: number;
  /** Implied over expected variance, less 1. */
  readonly premium: number;
  /** SSVI correlation: negative puts rich, positive calls rich. */
  readonly skew: number;
  /** SSVI curvature. */
  readonly curvature: number;
  readonly dividendYield: number;
  /** Typical size of the move on results, decimal. */
  readonly eventMove: number;
}

// symbol|name|sector|price|shares m|beta|sector|idio|premium|skew|curvature|yield|event
const table = `
AVLN|Avalanor Systems|Technology|118|820|1.22|1.1|0.20|0.08|-0.42|0.79|0.004|0.055
BRYX|Bryxon Semiconductors|Technology|96|760|1.45|1.3|0.27|0.12|-0.30|0.83|0.002|0.065
CRVO|Corvo Networks|Technology|64|540|1.18|1.0|0.25|0.05|-0.35|0.76|0.000|0.060
DLNT|Delnorth Software|Technology|152|410|1.12|0.9|0.23|0.42|-0.12|0.90|0.000|0.060
EKSO|Eksolite Devices|Technology|48|620|1.30|1.0|0.30|0.10|-0.28|0.79|0.006|0.070
FNWK|Fenwick Cloud|Technology|83|390|1.28|1.1|0.29|0.38|0.10|0.86|0.000|0.075
GRDN|Gardenia Bank|Financials|58|1150|1.10|1.0|0.16|0.06|-0.55|0.72|0.028|0.030
HLSM|Holsom Financial|Financials|104|520|1.05|1.0|0.17|0.04|-0.52|0.72|0.022|0.035
INVR|Invermoor Insurance|Financials|76|430|0.82|0.8|0.16|0.09|-0.48|0.68|0.024|0.030
JUNX|Junipero Exchange|Financials|131|240|0.90|0.8|0.18|0.05|-0.40|0.72|0.012|0.035
KSTL|Kestrel Asset Partners|Financials|45|380|1.34|1.1|0.23|0.36|-0.25|0.83|0.030|0.045
LMRA|Lumara Pharma|Health Care|142|610|0.62|0.9|0.19|0.07|-0.30|0.76|0.021|0.035
MDVX|Medivox Diagnostics|Health Care|88|340|0.78|0.8|0.23|0.11|-0.22|0.79|0.005|0.050
NVLA|Novella Biologics|Health Care|71|300|0.85|1.0|0.33|0.48|0.16|0.90|0.000|0.085
OSTR|Ostara Care|Health Care|167|290|0.70|0.8|0.18|0.03|-0.35|0.72|0.014|0.035
PLTH|Plinth Medical|Health Care|54|360|0.75|0.7|0.21|0.08|-0.30|0.76|0.010|0.040
QRRY|Quarry Aggregates|Materials|93|260|1.02|1.0|0.21|0.06|-0.30|0.76|0.013|0.040
RDMT|Redmantle Mining|Materials|39|580|1.15|1.4|0.29|0.33|0.18|0.86|0.026|0.050
SLVN|Sylvanor Paper|Materials|47|290|0.92|0.8|0.20|0.02|-0.32|0.72|0.031|0.035
TRBN|Turbane Aerospace|Industrials|126|370|1.08|1.0|0.20|0.07|-0.38|0.76|0.015|0.040
UNDR|Underhill Rail|Industrials|109|330|0.88|0.8|0.16|0.04|-0.45|0.68|0.019|0.030
VNTG|Vantage Works|Industrials|66|410|1.06|0.9|0.20|0.30|-0.18|0.83|0.017|0.040
WNDL|Windle Machinery|Industrials|178|190|1.12|1.0|0.19|0.05|-0.38|0.72|0.014|0.040
XLOR|Xelorin Energy|Energy|84|720|0.86|1.3|0.20|0.08|0.06|0.79|0.034|0.030
YRRA|Yarra Offshore|Energy|41|460|1.05|1.5|0.29|0.40|0.20|0.86|0.018|0.045
ZPHR|Zephyros Gas|Energy|57|390|0.80|1.2|0.24|0.10|0.12|0.83|0.029|0.035
ARBO|Arbolis Foods|Consumer|73|560|0.55|0.8|0.14|0.05|-0.40|0.68|0.027|0.030
BLZA|Blaizon Retail|Consumer|136|430|0.98|1.0|0.20|0.09|-0.36|0.76|0.009|0.055
CMPO|Campora Apparel|Consumer|52|280|1.14|1.0|0.27|0.35|-0.10|0.86|0.012|0.075
DRFT|Driftline Motors|Consumer|112|340|1.48|1.1|0.34|0.14|-0.08|0.86|0.000|0.070
ELMW|Elmwater Utilities|Utilities|61|480|0.45|1.0|0.12|0.04|-0.35|0.65|0.036|0.020
FRSP|Fairspring Power|Utilities|78|350|0.50|1.0|0.13|0.06|-0.32|0.65|0.033|0.020
GLMR|Glimmer Media|Technology|35|210|1.25|1.0|0.33|0.28|0.05|0.90|0.000|0.080
HRTH|Hearthway Homes|Consumer|59|180|1.20|1.0|0.25|0.10|-0.30|0.79|0.011|0.050
ISLA|Islandia Shipping|Industrials|27|260|1.02|1.1|0.32|0.22|0.08|0.86|0.040|0.050
KNDL|Kendall Trust|Financials|49|220|1.00|1.0|0.20|0.07|-0.45|0.72|0.026|0.040
`;

function companyOf(line: string): Company {
  const [symbol, name, sector, ...numbers] = line.split('|');
  const [
    startPrice,
    sharesMillions,
    beta,
    sectorLoading,
    idioVol,
    premium,
    skew,
    curvature,
    dividendYield,
    eventMove,
  ] = numbers.map(Number);
  if (
    symbol === undefined ||
    name === undefined ||
    sector === undefined ||
    startPrice === undefined ||
    sharesMillions === undefined ||
    beta === undefined ||
    sectorLoading === undefined ||
    idioVol === undefined ||
    premium === undefined ||
    skew === undefined ||
    curvature === undefined ||
    dividendYield === undefined ||
    eventMove === undefined
  ) {
    throw new Error(`the universe table has an incomplete line: ${line}`);
  }
  return {
    symbol,
    name,
    sector,
    startPrice,
    sharesMillions,
    beta,
    sectorLoading,
    idioVol,
    premium,
    skew,
    curvature,
    dividendYield,
    eventMove,
  };
}

export const companies: readonly Company[] = table.trim().split('\n').map(companyOf);

export interface DemoIndex {
  readonly symbol: string;
  readonly name: string;
  /** Closing level on the last session, which fixes the divisor. */
  readonly lastLevel: number;
  readonly members: readonly string[];
  readonly skew: number;
  readonly curvature: number;
}

const others = ['GLMR', 'HRTH', 'ISLA', 'KNDL'];
export const meridian: DemoIndex = {
  symbol: 'MERI',
  name: 'Meridian 32 Index',
  lastLevel: 5012.37,
  members: companies.map((company) => company.symbol).filter((symbol) => !others.includes(symbol)),
  skew: -0.72,
  curvature: 0.72,
};
export const tarn: DemoIndex = {
  symbol: 'TARN',
  name: 'Tarn 14 Index',
  lastLevel: 1284.6,
  members: ['CRVO', 'EKSO', 'FNWK', 'KSTL', 'MDVX', 'NVLA', 'RDMT', 'VNTG', 'YRRA', 'CMPO', ...others],
  skew: -0.6,
  curvature: 0.74,
};
export const indices: readonly DemoIndex[] = [meridian, tarn];

/** Continuously compounded rate of every day and term, decimal. */
export const rate = 0.0365;
