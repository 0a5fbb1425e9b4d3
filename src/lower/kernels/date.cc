// Kernels of dates and timestamps.

#include "duckdb/common/types/date.hpp"
#include "duckdb/common/types/timestamp.hpp"
#include "duckdb/common/vector_operations/binary_executor.hpp"
#include "lower/kernels/calendar.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::BinaryExecutor;
using duckdb::DataChunk;
using duckdb::date_t;
using duckdb::ExpressionState;
using duckdb::LogicalType;
using duckdb::timestamp_t;
using duckdb::Vector;

void AddMonthsToDate(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<date_t, int32_t, date_t>(
      arguments.data[0], arguments.data[1], result, [](date_t date, int32_t months) {
        return date_t(static_cast<int32_t>(AddMonthsToDays(date.days, months)));
      });
}

void AddMonthsToTimestamp(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<timestamp_t, int32_t, timestamp_t>(
      arguments.data[0], arguments.data[1], result, [](timestamp_t moment, int32_t months) {
        int64_t days = FloorDivide(moment.value, kMicrosPerDay);
        int64_t rest = moment.value - days * kMicrosPerDay;
        return timestamp_t(AddMonthsToDays(days, months) * kMicrosPerDay + rest);
      });
}

void AddMicrosToDate(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<date_t, int64_t, date_t>(
      arguments.data[0], arguments.data[1], result, [](date_t date, int64_t micros) {
        return date_t(date.days + static_cast<int32_t>(micros / kMicrosPerDay));
      });
}

void AddMicrosToTimestamp(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<timestamp_t, int64_t, timestamp_t>(
      arguments.data[0], arguments.data[1], result, [](timestamp_t moment, int64_t micros) {
        return timestamp_t(moment.value + micros);
      });
}

void SubtractDates(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<date_t, date_t, int64_t>(
      arguments.data[0], arguments.data[1], result, [](date_t to, date_t from) {
        return (static_cast<int64_t>(to.days) - from.days) * kMicrosPerDay;
      });
}

void SubtractTimestamps(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<timestamp_t, timestamp_t, int64_t>(
      arguments.data[0], arguments.data[1], result,
      [](timestamp_t to, timestamp_t from) { return to.value - from.value; });
}

}  // namespace

void RegisterDateKernels(duckdb::ExtensionLoader& loader) {
  LogicalType date = LogicalType::DATE, months = LogicalType::INTEGER;
  LogicalType micros = LogicalType::BIGINT;
  loader.RegisterFunction(MakeKernel("spark_add_months", {date, months}, date, AddMonthsToDate));
  loader.RegisterFunction(
      MakeKernel("spark_date_add_micros", {date, micros}, date, AddMicrosToDate));
  loader.RegisterFunction(
      MakeKernel("spark_subtract_dates", {date, date}, micros, SubtractDates));
  for (const LogicalType& moment : {LogicalType::TIMESTAMP, LogicalType::TIMESTAMP_TZ}) {
    loader.RegisterFunction(
        MakeKernel("spark_timestamp_add_micros", {moment, micros}, moment, AddMicrosToTimestamp));
    loader.RegisterFunction(
        MakeKernel("spark_subtract_timestamps", {moment, moment}, micros, SubtractTimestamps));
  }
  loader.RegisterFunction(MakeKernel("spark_add_months", {LogicalType::TIMESTAMP, months},
                                        LogicalType::TIMESTAMP, AddMonthsToTimestamp));
}

}  // namespace pyrite::lower
