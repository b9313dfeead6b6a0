// What QuantLib takes for the work of engine.ts, measured in processor time of one thread.
// quantlib-driver european ROWS  rows of doubles: call (1 or -1), forward, strike, time, discount factor, price
// quantlib-driver american ROWS  rows of doubles: call (1 or -1), spot, strike, time, rate, dividend yield, vol
// Prints one line of JSON.
#include <ql/exercise.hpp>
#include <ql/instruments/vanillaoption.hpp>
#include <ql/pricingengines/blackformula.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <vector>

using namespace QuantLib;

static std::vector<double> rowsOf(const char* path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<double> rows(static_cast<size_t>(file.tellg()) / sizeof(double));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(rows.data()), static_cast<std::streamsize>(rows.size() * sizeof(double)));
  return rows;
}

static double secondsOfProcessor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

static Option::Type typeOf(double sign) { return sign > 0 ? Option::Call : Option::Put; }

static void printNumbers(const char* name, const std::vector<double>& numbers) {
  std::printf(", \"%s\": [", name);
  for (size_t i = 0; i < numbers.size(); i++) std::printf("%s%.15g", i == 0 ? "" : ", ", numbers[i]);
  std::printf("]}\n");
}

static void european(const std::vector<double>& rows, double accuracy) {
  const int width = 6;
  const size_t count = rows.size() / width;
  const int passes = 3;
  std::vector<double> vols(count, 0.0);
  const double started = secondsOfProcessor();
  for (int pass = 0; pass < passes; pass++)
    for (size_t i = 0; i < count; i++) {
      const double* row = &rows[i * width];
      try {
        vols[i] = blackFormulaImpliedStdDev(typeOf(row[0]), row[2], row[1], row[5], row[4], 0.0, Null<Real>(), accuracy,
                                            100);
      } catch (std::exception&) {
        vols[i] = 0;
      }
    }
  const double seconds = secondsOfProcessor() - started;
  for (size_t i = 0; i < count; i++) vols[i] /= std::sqrt(rows[i * width + 3]);
  std::printf("{\"nanoseconds\": %.1f", 1e9 * seconds / (passes * count));
  printNumbers("vols", vols);
}

static void american(const std::vector<double>& rows) {
  const int width = 7;
  const size_t count = rows.size() / width;
  const Date today(2, January, 2024);
  Settings::instance().evaluationDate() = today;
  const Actual365Fixed days;
  auto spot = ext::make_shared<SimpleQuote>(100.0);
  auto rate = ext::make_shared<SimpleQuote>(0.0);
  auto yield = ext::make_shared<SimpleQuote>(0.0);
  auto vol = ext::make_shared<SimpleQuote>(0.2);
  const Handle<YieldTermStructure> rates(ext::make_shared<FlatForward>(0, NullCalendar(), Handle<Quote>(rate), days));
  const Handle<YieldTermStructure> yields(ext::make_shared<FlatForward>(0, NullCalendar(), Handle<Quote>(yield), days));
  const Handle<BlackVolTermStructure> vols(
      ext::make_shared<BlackConstantVol>(0, NullCalendar(), Handle<Quote>(vol), days));
  auto process = ext::make_shared<BlackScholesMertonProcess>(Handle<Quote>(spot), yields, rates, vols);
  auto engine = ext::make_shared<QdFpAmericanEngine>(process, QdFpAmericanEngine::accurateScheme());
  std::vector<double> prices;
  double seconds = 0;
  for (size_t i = 0; i < count; i++) {
    const double* row = &rows[i * width];
    VanillaOption option(ext::make_shared<PlainVanillaPayoff>(typeOf(row[0]), row[2]),
                         ext::make_shared<AmericanExercise>(today, today + static_cast<int>(std::lround(row[3] * 365))));
    option.setPricingEngine(engine);
    spot->setValue(row[1]);
    rate->setValue(row[4]);
    yield->setValue(row[5]);
    vol->setValue(row[6]);
    const double started = secondsOfProcessor();
    prices.push_back(option.NPV());
    seconds += secondsOfProcessor() - started;
  }
  std::printf("{\"microseconds\": %.2f", 1e6 * seconds / count);
  printNumbers("prices", prices);
}

int main(int arguments, char** values) {
  if (arguments < 3) return 1;
  const std::vector<double> rows = rowsOf(values[2]);
  if (std::strcmp(values[1], "american") == 0) american(rows);
  else european(rows, arguments > 3 ? std::atof(values[3]) : 1e-6);
  return 0;
}
