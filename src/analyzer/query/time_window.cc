#include "analyzer/query/time_window.h"

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/session_window.h"
#include "base/text/interval_text.h"
#include "functions/build.h"
#include "functions/lambda.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

using plan::ExpressionPtr;

constexpr int64_t kMicrosPerDay = 86'400'000'000;

struct WindowCall {
  const spec::UnresolvedFunction* call = nullptr;
  plan::Expressions arguments;
  bool is_session = false;
};

SparkError SeveralWindows() { return SparkError("_LEGACY_ERROR_TEMP_1039", {}); }

// The one window that the expressions call; nothing when there is none.
WindowCall FindCall(const spec::Expressions& expressions, Environment& names) {
  WindowCall found;
  for (const spec::UnresolvedFunction* call : TimeWindowCalls(expressions)) {
    WindowCall other{call, {}, FoldCase(call->name_parts.back(), false) == "session_window"};
    for (const spec::ExpressionPtr& argument : call->arguments) {
      other.arguments.push_back(ResolveExpression(*argument, names));
    }
    if (found.call == nullptr) {
      found = std::move(other);
      continue;
    }
    bool same =
        found.is_session == other.is_session && found.arguments.size() == other.arguments.size();
    for (size_t i = 0; same && i < found.arguments.size(); ++i) {
      same = plan::Equal(*found.arguments[i], *other.arguments[i]);
    }
    if (!same) throw SeveralWindows();
  }
  return found;
}

ExpressionPtr Long(int64_t value) { return plan::MakeConstant(Literal::Long(value)); }

ExpressionPtr Call(const char* name, plan::Expressions arguments, const Analysis& analysis) {
  return CallFunction(name, std::move(arguments), analysis);
}

bool IsMoment(const DataType& type) {
  return type.Is(TypeKind::kTimestamp) || type.Is(TypeKind::kTimestampNtz);
}

// The time that a window is about; of the window of an earlier query, its last microsecond.
ExpressionPtr TimeOf(const ExpressionPtr& given, const std::string& call, const std::string& sql,
                     const Analysis& analysis) {
  if (IsMoment(given->type)) return given;
  const DataType& type = given->type;
  bool of_window = type.Is(TypeKind::kStruct) && type.fields().size() == 2 &&
                   IsMoment(type.fields()[0].type) && IsMoment(type.fields()[1].type);
  if (of_window) return Call("window_time", {given}, analysis);
  if (type.IsString() || type.Is(TypeKind::kDate) || type.Is(TypeKind::kNull)) {
    return functions::Coerce(given, DataType::Timestamp(), analysis.call);
  }
  throw errors::UnexpectedInputType(
      call, "first",
      R"types(("(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)" or )types"
      R"types("STRUCT<start: TIMESTAMP, end: TIMESTAMP>" or )types"
      R"types("STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>"))types",
      sql, type.ToSql());
}

CalendarInterval ReadInterval(const std::string& text) {
  try {
    return ReadCalendarInterval(text);
  } catch (const SparkError&) {
    throw SparkError("CANNOT_PARSE_INTERVAL", {{"intervalString", "'" + text + "'"}});
  }
}

// Microseconds of "10 minutes"; of a number, itself.
int64_t Duration(const ExpressionPtr& given) {
  const Value* value = functions::ConstantValue(given);
  if (value && given->type.IsIntegral()) return value->as_int();
  if (!value || !given->type.IsString()) {
    throw SparkError("_LEGACY_ERROR_TEMP_1207", {});
  }
  CalendarInterval interval = ReadInterval(value->as_string());
  if (interval.months != 0) {
    throw SparkError("_LEGACY_ERROR_TEMP_3231", {{"interval", value->as_string()}});
  }
  return interval.days * kMicrosPerDay + interval.microseconds;
}

SparkError OutOfRange(const char* name, const char* range, int64_t value, const std::string& sql) {
  return SparkError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    {{"sqlExpr", errors::Quoted(sql)},
                     {"exprName", errors::QuoteName({name})},
                     {"valueRange", range},
                     {"currentValue", std::to_string(value) + "L"}});
}

SparkError Constraint(const char* left, int64_t left_value, const char* constraint,
                      const char* right, int64_t right_value, const std::string& sql) {
  return SparkError("DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION",
                    {{"sqlExpr", errors::Quoted(sql)},
                     {"leftExprName", errors::QuoteName({left})},
                     {"leftExprValue", std::to_string(left_value) + "L"},
                     {"constraint", constraint},
                     {"rightExprName", errors::QuoteName({right})},
                     {"rightExprValue", std::to_string(right_value) + "L"}});
}

struct Steps {
  int64_t window = 0;
  int64_t slide = 0;
  int64_t start = 0;
};

Steps StepsOf(const WindowCall& call) {
  size_t count = call.arguments.size();
  if (count < 2 || count > 4) {
    throw errors::WrongNumArgs("window", "[2, 3, 4]", count);
  }
  Steps steps;
  steps.window = Duration(call.arguments[1]);
  steps.slide = count > 2 ? Duration(call.arguments[2]) : steps.window;
  steps.start = count > 3 ? Duration(call.arguments[3]) : 0;
  return steps;
}

void CheckSteps(const Steps& steps, const std::string& sql) {
  constexpr char kPositive[] = "(0, 9223372036854775807]";
  if (steps.window <= 0) throw OutOfRange("window_duration", kPositive, steps.window, sql);
  if (steps.slide <= 0) throw OutOfRange("slide_duration", kPositive, steps.slide, sql);
  if (steps.slide > steps.window) {
    throw Constraint("slide_duration", steps.slide, "<=", "window_duration", steps.window, sql);
  }
  if (std::abs(steps.start) >= steps.slide) {
    throw Constraint("abs(start_time)", std::abs(steps.start), "<", "slide_duration", steps.slide,
                     sql);
  }
}

DataType WindowType(const DataType& time) {
  return DataType::Struct({{"start", time, true, ""}, {"end", time, true, ""}});
}

ExpressionPtr MicrosOf(const ExpressionPtr& moment, const Analysis& analysis) {
  return functions::Native("epoch_us", {moment}, DataType::Long(), moment->nullable, analysis.call);
}

ExpressionPtr MomentOf(ExpressionPtr micros, const DataType& type, const Analysis& analysis) {
  const char* make = type.Is(TypeKind::kTimestamp) ? "make_timestamptz" : "make_timestamp";
  return functions::Native(make, {std::move(micros)}, type, true, analysis.call);
}

// The windows that a moment is in, the latest first.
plan::Expressions WindowsOf(const ExpressionPtr& time, const Steps& steps,
                            const Analysis& analysis) {
  ExpressionPtr last =
      functions::Native("spark_window_start", {time, Long(steps.slide), Long(steps.start)},
                        time->type, time->nullable, analysis.call);
  ExpressionPtr last_micros = MicrosOf(last, analysis);
  int64_t count = (steps.window + steps.slide - 1) / steps.slide;
  plan::Expressions windows;
  for (int64_t i = 0; i < count; ++i) {
    ExpressionPtr start = Call("-", {last_micros, Long(i * steps.slide)}, analysis);
    ExpressionPtr end = Call("+", {start, Long(steps.window)}, analysis);
    windows.push_back(functions::Pack(
        WindowType(time->type),
        {MomentOf(start, time->type, analysis), MomentOf(end, time->type, analysis)},
        analysis.call));
  }
  return windows;
}

plan::RelationPtr WithColumn(plan::RelationPtr input, plan::Column column, ExpressionPtr value) {
  plan::NamedExpressions items;
  for (const plan::Column& kept : input->output) items.push_back({kept, plan::MakeRef(kept)});
  items.push_back({std::move(column), std::move(value)});
  return plan::MakeProject(std::move(input), std::move(items));
}

// Each row once for each window.
plan::RelationPtr Repeated(plan::RelationPtr input, const plan::Column& column,
                           plan::Expressions windows, const Analysis& analysis) {
  plan::Columns output = input->output;
  output.push_back(column);
  plan::Generate node{std::move(input),
                      functions::Find("explode"),
                      {Call("array", std::move(windows), analysis)},
                      false};
  return plan::MakeRelation(std::move(node), std::move(output));
}

plan::RelationPtr TimeWindow(const WindowCall& call, const std::string& sql, plan::RelationPtr plan,
                             plan::Column& column, const Analysis& analysis) {
  Steps steps = StepsOf(call);
  std::string shown = "window(" + sql + ", " + std::to_string(steps.window) + ", " +
                      std::to_string(steps.slide) + ", " + std::to_string(steps.start) + ")";
  CheckSteps(steps, shown);
  ExpressionPtr time = TimeOf(call.arguments[0], shown, sql, analysis);
  column.type = WindowType(time->type);
  plan = plan::MakeFilter(std::move(plan), Call("isnotnull", {time}, analysis));
  plan::Expressions windows = WindowsOf(time, steps, analysis);
  if (windows.size() == 1) return WithColumn(std::move(plan), column, windows[0]);
  column.nullable = true;
  plan = Repeated(std::move(plan), column, std::move(windows), analysis);
  if (steps.window % steps.slide == 0) return plan;
  ExpressionPtr end = functions::Field(plan::MakeRef(column), 1);
  return plan::MakeFilter(std::move(plan), Call("<", {time, end}, analysis));
}

// The gap after a moment: a constant text, or an expression of texts or intervals.
ExpressionPtr After(const ExpressionPtr& time, const ExpressionPtr& gap, const Analysis& analysis) {
  if (functions::ConstantValue(gap)) {
    ExpressionPtr end = Call("+", {MicrosOf(time, analysis), Long(Duration(gap))}, analysis);
    return MomentOf(std::move(end), time->type, analysis);
  }
  ExpressionPtr interval =
      plan::MakeCast(gap, DataType::CalendarInterval(), plan::EvalMode::kLegacy);
  return Call("+", {time, std::move(interval)}, analysis);
}

plan::RelationPtr SessionWindow(const WindowCall& call, const std::string& sql,
                                const spec::Expressions* groups, Resolved input,
                                plan::Column& column, Analysis& analysis) {
  if (call.arguments.size() != 2) {
    throw errors::WrongNumArgs("session_window", "2", call.arguments.size());
  }
  ExpressionPtr time = TimeOf(call.arguments[0], "session_window(" + sql + ")", sql, analysis);
  ExpressionPtr gap_end = After(time, call.arguments[1], analysis);
  plan::Column start{plan::NextColumnId(), "pyrite.session.start", time->type, true, ""};
  plan::Column end{plan::NextColumnId(), "pyrite.session.end", time->type, true, ""};
  input.plan = plan::MakeFilter(std::move(input.plan), Call("isnotnull", {time}, analysis));
  input.plan = WithColumn(std::move(input.plan), start, time);
  input.plan = WithColumn(std::move(input.plan), end, std::move(gap_end));
  // A gap of nothing, or none, makes no session.
  ExpressionPtr lasts = Call(">", {plan::MakeRef(end), plan::MakeRef(start)}, analysis);
  input.plan = plan::MakeFilter(std::move(input.plan), std::move(lasts));
  if (groups) input.plan = MergeSessions(input, start, end, *groups, analysis);
  column.type = WindowType(time->type);
  ExpressionPtr session =
      functions::Pack(column.type, {plan::MakeRef(start), plan::MakeRef(end)}, analysis.call);
  return WithColumn(std::move(input.plan), column, std::move(session));
}

}  // namespace

bool HasTimeWindow(const spec::Expressions& expressions) {
  return !TimeWindowCalls(expressions).empty();
}

Resolved WithTimeWindow(const spec::Expressions& expressions, const spec::Expressions* groups,
                        Resolved input, Analysis& analysis) {
  if (input.scope->time_window) return input;
  Environment names{analysis, {input.scope}};
  spec::Expressions parsed;
  for (const spec::ExpressionPtr& e : expressions) parsed.push_back(Parsed(e, analysis));
  WindowCall call = FindCall(parsed, names);
  if (call.call == nullptr) return input;
  const char* name = call.is_session ? "session_window" : "window";
  plan::Column column{plan::NextColumnId(), name, DataType::Null(), false, ""};
  column.metadata =
      call.is_session ? R"({"spark.sessionWindow":true})" : R"({"spark.timeWindow":true})";
  std::string sql = call.call->arguments.empty() ? "" : PrettyName(*call.call->arguments[0], names);
  Resolved result;
  if (call.is_session) {
    spec::Expressions others;
    for (const spec::ExpressionPtr& group : groups ? *groups : spec::Expressions()) {
      if (!HasTimeWindow({Parsed(group, analysis)})) others.push_back(group);
    }
    result.plan = SessionWindow(call, sql, groups ? &others : nullptr, input, column, analysis);
  } else {
    result.plan = TimeWindow(call, sql, input.plan, column, analysis);
  }
  auto scope = std::make_shared<Scope>(*PassScope(input.scope));
  scope->time_window = ScopeColumn{column, nullptr, column.id};
  result.scope = std::move(scope);
  return result;
}

}  // namespace pyrite::analyzer
