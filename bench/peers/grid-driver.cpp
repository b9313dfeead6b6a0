// The European part of a scenario grid in C++, measured in processor time of one thread.
// grid-driver INPUT: doubles: options, expiries, nodes; per expiry and node: forward, time, discount factor;
// per node: change of volatility; per option: expiry, sign, strike, volatility, units.
// Prints one line of JSON: nanoseconds a valuation, and the summed values of the nodes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <vector>

#include "coefficients.h"

static inline double mills(double a) {
  const double u = a + 0.5, w = u * u;
  const double top = (((millsTop[8] * w + millsTop[6]) * w + millsTop[4]) * w + millsTop[2]) * w + millsTop[0] +
                     u * (((millsTop[7] * w + millsTop[5]) * w + millsTop[3]) * w + millsTop[1]);
  const double bottom =
      (((millsBottom[8] * w + millsBottom[6]) * w + millsBottom[4]) * w + millsBottom[2]) * w + 1 +
      u * ((((millsBottom[9] * w + millsBottom[7]) * w + millsBottom[5]) * w + millsBottom[3]) * w + millsBottom[1]);
  return top / bottom;
}

int main(int, char** argv) {
  std::ifstream file(argv[1], std::ios::binary | std::ios::ate);
  std::vector<double> all(static_cast<size_t>(file.tellg()) / sizeof(double));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(all.data()), static_cast<std::streamsize>(all.size() * sizeof(double)));
  const size_t options = static_cast<size_t>(all[0]), expiries = static_cast<size_t>(all[1]),
               nodes = static_cast<size_t>(all[2]);
  const double* at = all.data() + 3;
  // columns by expiry: forwards, times, discount factors
  const double* markets = at;
  const double* shift = markets + 3 * expiries * nodes;
  const double* rows = shift + nodes;
  std::vector<double> value(nodes), delta(nodes), gamma(nodes), vega(nodes), theta(nodes);
  double best = 1e99;
  for (int run = 0; run < 7; run++) {
    for (auto* sum : {&value, &delta, &gamma, &vega, &theta}) std::fill(sum->begin(), sum->end(), 0.0);
    const std::clock_t start = std::clock();
    for (size_t i = 0; i < options; i++) {
      const double* row = rows + 5 * i;
      const double* market = markets + 3 * nodes * static_cast<size_t>(row[0]);
      const double *forwards = market, *times = market + nodes, *discounts = market + 2 * nodes;
      const double sign = row[1], strike = row[2], base = row[3], units = row[4];
      double *v = value.data(), *d = delta.data(), *g = gamma.data(), *k = vega.data(), *th = theta.data();
#pragma GCC ivdep
      for (size_t n = 0; n < nodes; n++) {
        const double forward = forwards[n], vol = std::max(base + shift[n], 0.001), root = std::sqrt(times[n]);
        const double s = vol * root, inverse = 1 / s, x = std::log(forward / strike);
        const double a = std::fabs(x) * inverse, t = 0.5 * s;
        const double high = mills(std::min(std::max(a - t, -0.5), 8.5)), low = mills(std::min(a + t, 8.5));
        const double odd = high - low, even = 0.5 * (high + low);
        const double product = std::sqrt(forward * strike);
        const double weight = discounts[n] * 0.3989422804014327 * std::exp(-0.5 * (a * a + t * t)) * product;
        const double difference = sign * (forward - strike);
        const double price = discounts[n] * std::max(difference, 0.0) + weight * odd;
        const double under = x <= 0 ? 1.0 : -1.0;
        const double tail = weight * (even + 0.5 * under * odd) / forward;
        const double whole = discounts[n] * (sign > 0 ? (x > 0 ? 1.0 : 0.0) : (x > 0 ? 0.0 : -1.0));
        v[n] += units * price;
        d[n] += units * forward * (whole + under * tail);
        g[n] += units * weight * inverse;
        k[n] += units * weight * root;
        th[n] += units * (-0.5 * weight * vol) / root;
      }
    }
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::printf("{\"nanoseconds\": %.6g, \"values\": [", best * 1e9 / (static_cast<double>(options) * static_cast<double>(nodes)));
  for (size_t n = 0; n < nodes; n++) std::printf("%s%.15g", n == 0 ? "" : ", ", value[n]);
  std::printf("]}\n");
  return 0;
}
