// Aggregates over central moments and pairs of numbers, by Spark's own recurrences: sums of
// floating point numbers depend on them in the last places.

#include <cmath>
#include <optional>

#include "duckdb/function/aggregate_function.hpp"
#include "lower/kernels/decimal.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::AggregateFinalizeData;
using duckdb::AggregateFunction;
using duckdb::AggregateInputData;
using duckdb::LogicalType;

// ---- one number

struct Moments {
  static constexpr const char* STATE_NAMES[] = {"n", "mean", "m2", "m3", "m4"};
  using STATE_TYPE = duckdb::StructStateType<double, double, double, double, double>;

  double n, mean, m2, m3, m4;
};

double Skewness(const Moments& m) { return std::sqrt(m.n) * m.m3 / std::sqrt(m.m2 * m.m2 * m.m2); }
double Kurtosis(const Moments& m) { return m.n * m.m4 / (m.m2 * m.m2) - 3; }

template <double (*result)(const Moments&)>
struct MomentOperation {
  template <class STATE>
  static void Initialize(STATE& state) {
    state = {};
  }

  template <class INPUT, class STATE, class OP>
  static void Operation(STATE& state, const INPUT& value, duckdb::AggregateUnaryInput&) {
    state.n += 1;
    double delta = value - state.mean, part = delta / state.n;
    double square = delta * delta, part_square = part * part;
    state.mean += part;
    double m2 = state.m2 + delta * (delta - part);
    double m3 = state.m3 - 3 * part * m2 + delta * (square - part_square);
    state.m4 = state.m4 - 4 * part * m3 - 6 * part_square * m2 +
               delta * (delta * square - part * part_square);
    state.m2 = m2;
    state.m3 = m3;
  }

  template <class INPUT, class STATE, class OP>
  static void ConstantOperation(STATE& state, const INPUT& value,
                                duckdb::AggregateUnaryInput& input, duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) Operation<INPUT, STATE, OP>(state, value, input);
  }

  template <class STATE, class OP>
  static void Combine(const STATE& b, STATE& a, AggregateInputData&) {
    if (b.n == 0) return;
    if (a.n == 0) {
      a = b;
      return;
    }
    double n = a.n + b.n, delta = b.mean - a.mean, part = delta / n, both = a.n * b.n;
    double m3 = a.m3 + b.m3 + part * part * delta * both * (a.n - b.n) +
                3 * part * (a.n * b.m2 - b.n * a.m2);
    a.m4 = a.m4 + b.m4 + part * part * part * delta * a.n * b.n * (a.n * a.n - both + b.n * b.n) +
           6 * part * part * (a.n * a.n * b.m2 + b.n * b.n * a.m2) +
           4 * part * (a.n * b.m3 - b.n * a.m3);
    a.m2 += b.m2 + delta * part * both;
    a.m3 = m3;
    a.mean += part * b.n;
    a.n = n;
  }

  template <class TARGET, class STATE>
  static void Finalize(STATE& state, TARGET& target, AggregateFinalizeData& out) {
    if (state.n == 0 || state.m2 == 0) {
      out.ReturnNull();
    } else {
      target = result(state);
    }
  }

  static bool IgnoreNull() { return true; }
};

// ---- how far numbers are from their mean

struct Spread {
  static constexpr const char* STATE_NAMES[] = {"n", "mean", "m2"};
  using STATE_TYPE = duckdb::StructStateType<double, double, double>;

  double n, mean, m2;
};

std::optional<double> PopulationVariance(const Spread& s) { return s.m2 / s.n; }
std::optional<double> SampleVariance(const Spread& s) {
  if (s.n == 1) return std::nullopt;
  return s.m2 / (s.n - 1);
}
std::optional<double> PopulationDeviation(const Spread& s) { return std::sqrt(s.m2 / s.n); }
std::optional<double> SampleDeviation(const Spread& s) {
  if (s.n == 1) return std::nullopt;
  return std::sqrt(s.m2 / (s.n - 1));
}

template <std::optional<double> (*result)(const Spread&)>
struct SpreadOperation {
  template <class STATE>
  static void Initialize(STATE& state) {
    state = {};
  }

  template <class INPUT, class STATE, class OP>
  static void Operation(STATE& state, const INPUT& value, duckdb::AggregateUnaryInput&) {
    state.n += 1;
    double delta = value - state.mean, part = delta / state.n;
    state.mean += part;
    state.m2 += delta * (delta - part);
  }

  template <class INPUT, class STATE, class OP>
  static void ConstantOperation(STATE& state, const INPUT& value,
                                duckdb::AggregateUnaryInput& input, duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) Operation<INPUT, STATE, OP>(state, value, input);
  }

  template <class STATE, class OP>
  static void Combine(const STATE& b, STATE& a, AggregateInputData&) {
    if (b.n == 0) return;
    if (a.n == 0) {
      a = b;
      return;
    }
    double n = a.n + b.n, delta = b.mean - a.mean, part = delta / n;
    a.m2 += b.m2 + delta * part * a.n * b.n;
    a.mean += part * b.n;
    a.n = n;
  }

  template <class TARGET, class STATE>
  static void Finalize(STATE& state, TARGET& target, AggregateFinalizeData& out) {
    std::optional<double> value;
    if (state.n > 0) value = result(state);
    if (value) {
      target = *value;
    } else {
      out.ReturnNull();
    }
  }

  static bool IgnoreNull() { return true; }
};

// ---- two numbers

struct Pairs {
  static constexpr const char* STATE_NAMES[] = {"n",   "x_mean", "y_mean", "ck",
                                                "xmk", "ymk",    "x_m2",   "y_m2"};
  using STATE_TYPE =
      duckdb::StructStateType<double, double, double, double, double, double, double, double>;

  double n, x_mean, y_mean;
  double ck;          // the sum of products of both distances from the means
  double xmk, ymk;    // the sums of squares, as corr() adds them
  double x_m2, y_m2;  // the same, as the variance adds them
};

std::optional<double> TryCorrelation(const Pairs& p) {
  double deviations = std::sqrt(p.xmk * p.ymk);
  if (p.n == 1 || deviations == 0) return std::nullopt;
  return p.ck / deviations;
}
std::optional<double> Correlation(const Pairs& p) {
  auto value = TryCorrelation(p);
  if (!value && p.n > 1) ThrowDivideByZero();
  return value;
}
std::optional<double> CovariancePopulation(const Pairs& p) { return p.ck / p.n; }
std::optional<double> CovarianceSample(const Pairs& p) {
  if (p.n == 1) return std::nullopt;
  return p.ck / (p.n - 1);
}
// The second argument, y here, is the independent one.
std::optional<double> Slope(const Pairs& p) {
  if (p.y_m2 == 0) return std::nullopt;
  return p.ck / p.y_m2;
}
std::optional<double> Intercept(const Pairs& p) {
  if (p.y_m2 == 0) return std::nullopt;
  return p.x_mean - p.ck / p.y_m2 * p.y_mean;
}
std::optional<double> Determination(const Pairs& p) {
  if (p.ymk == 0) return std::nullopt;
  if (p.xmk == 0) return 1;
  double corr = p.ck / std::sqrt(p.xmk * p.ymk);
  return corr * corr;
}
std::optional<double> SumXX(const Pairs& p) { return p.y_m2; }
std::optional<double> SumYY(const Pairs& p) { return p.x_m2; }
std::optional<double> SumXY(const Pairs& p) { return p.ck; }

template <std::optional<double> (*result)(const Pairs&)>
struct PairOperation {
  template <class STATE>
  static void Initialize(STATE& state) {
    state = {};
  }

  template <class A, class B, class STATE, class OP>
  static void Operation(STATE& state, const A& x, const B& y, duckdb::AggregateBinaryInput&) {
    state.n += 1;
    double dx = x - state.x_mean, dy = y - state.y_mean;
    double x_part = dx / state.n, y_part = dy / state.n;
    state.x_mean += x_part;
    state.y_mean += y_part;
    state.ck += dx * (y - state.y_mean);
    state.xmk += dx * (x - state.x_mean);
    state.ymk += dy * (y - state.y_mean);
    state.x_m2 += dx * (dx - x_part);
    state.y_m2 += dy * (dy - y_part);
  }

  template <class STATE, class OP>
  static void Combine(const STATE& b, STATE& a, AggregateInputData&) {
    if (b.n == 0) return;
    if (a.n == 0) {
      a = b;
      return;
    }
    double n = a.n + b.n, dx = b.x_mean - a.x_mean, dy = b.y_mean - a.y_mean;
    double x_part = dx / n, y_part = dy / n, both = a.n * b.n;
    a.x_mean += x_part * b.n;
    a.y_mean += y_part * b.n;
    a.ck += b.ck + dx * y_part * both;
    a.xmk += b.xmk + dx * x_part * both;
    a.ymk += b.ymk + dy * y_part * both;
    a.x_m2 += b.x_m2 + dx * x_part * both;
    a.y_m2 += b.y_m2 + dy * y_part * both;
    a.n = n;
  }

  template <class TARGET, class STATE>
  static void Finalize(STATE& state, TARGET& target, AggregateFinalizeData& out) {
    std::optional<double> value;
    if (state.n > 0) value = result(state);
    if (value) {
      target = *value;
    } else {
      out.ReturnNull();
    }
  }

  static bool IgnoreNull() { return true; }
};

template <double (*result)(const Moments&)>
void AddMoment(duckdb::ExtensionLoader& loader, const char* name) {
  LogicalType number = LogicalType::DOUBLE;
  auto kernel = AggregateFunction::UnaryAggregate<Moments, double, double, MomentOperation<result>>(
      number, number);
  kernel.SetName(duckdb::Identifier(name));
  loader.RegisterFunction(std::move(kernel));
}

template <std::optional<double> (*result)(const Spread&)>
void AddSpread(duckdb::ExtensionLoader& loader, const char* name) {
  LogicalType number = LogicalType::DOUBLE;
  auto kernel = AggregateFunction::UnaryAggregate<Spread, double, double, SpreadOperation<result>>(
      number, number);
  kernel.SetName(duckdb::Identifier(name));
  loader.RegisterFunction(std::move(kernel));
}

template <std::optional<double> (*result)(const Pairs&)>
void AddPair(duckdb::ExtensionLoader& loader, const char* name) {
  LogicalType number = LogicalType::DOUBLE;
  auto kernel =
      AggregateFunction::BinaryAggregate<Pairs, double, double, double, PairOperation<result>>(
          number, number, number);
  kernel.SetName(duckdb::Identifier(name));
  kernel.SetFallible();
  loader.RegisterFunction(std::move(kernel));
}

}  // namespace

void RegisterMomentKernels(duckdb::ExtensionLoader& loader) {
  AddMoment<Skewness>(loader, "spark_skewness");
  AddMoment<Kurtosis>(loader, "spark_kurtosis");
  AddSpread<PopulationVariance>(loader, "spark_var_pop");
  AddSpread<SampleVariance>(loader, "spark_var_samp");
  AddSpread<PopulationDeviation>(loader, "spark_stddev_pop");
  AddSpread<SampleDeviation>(loader, "spark_stddev_samp");
  AddPair<Correlation>(loader, "spark_corr");
  AddPair<TryCorrelation>(loader, "spark_try_corr");
  AddPair<CovariancePopulation>(loader, "spark_covar_pop");
  AddPair<CovarianceSample>(loader, "spark_covar_samp");
  AddPair<Slope>(loader, "spark_regr_slope");
  AddPair<Intercept>(loader, "spark_regr_intercept");
  AddPair<Determination>(loader, "spark_regr_r2");
  AddPair<SumXX>(loader, "spark_regr_sxx");
  AddPair<SumYY>(loader, "spark_regr_syy");
  AddPair<SumXY>(loader, "spark_regr_sxy");
}

}  // namespace pyrite::lower
