#include "analyzer/query/watermark.h"

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "base/json.h"
#include "base/text/interval_text.h"
#include "plan/stream_scan.h"

namespace pyrite::analyzer {
namespace {

constexpr char kDelayKey[] = "spark.watermarkDelayMs";
constexpr int64_t kMillisPerDay = 86'400'000;

int64_t DelayMillis(const std::string& text) {
  CalendarInterval delay;
  try {
    delay = ReadCalendarInterval(text);
  } catch (const SparkError&) {
    throw SparkError("CANNOT_PARSE_INTERVAL", {{"intervalString", "'" + text + "'"}});
  }
  // A month counts as 31 days.
  int64_t millis = (delay.months * 31LL + delay.days) * kMillisPerDay + delay.microseconds / 1000;
  if (millis < 0) {
    throw errors::IllegalArgument("requirement failed: delay threshold (" + text +
                                  ") should not be negative.");
  }
  return millis;
}

bool IsMoment(const DataType& type) {
  return type.Is(TypeKind::kTimestamp) || type.Is(TypeKind::kTimestampNtz);
}

void CheckEventTime(const plan::Column& column) {
  bool ok = IsMoment(column.type);
  if (column.type.Is(TypeKind::kStruct)) {
    for (const StructField& field : column.type.fields()) {
      ok = ok || (field.name == "end" && field.type.Is(TypeKind::kTimestamp));
    }
  }
  if (ok) return;
  throw SparkError("EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE",
                   {{"eventName", errors::QuoteName({column.name})},
                    {"eventType", errors::Quoted(column.type.ToSql())}});
}

// The JSON object `metadata` with the delay, or without one.
std::string WithDelay(const std::string& metadata, std::optional<int64_t> millis) {
  Json json{Json::Kind::kObject, "", {}, {}};
  if (!metadata.empty()) json = ParseJson(metadata);
  std::erase_if(json.members, [](const auto& member) { return member.first == kDelayKey; });
  if (millis) {
    json.members.emplace_back(kDelayKey, Json{Json::Kind::kNumber, std::to_string(*millis)});
  }
  return json.members.empty() ? "" : ToText(json);
}

bool IsStream(const plan::RelationPtr& plan) {
  std::vector<plan::RelationPtr> open = {plan};
  while (!open.empty()) {
    plan::RelationPtr next = std::move(open.back());
    open.pop_back();
    if (plan::AsStreamScan(*next) != nullptr) return true;
    for (plan::RelationPtr& input : plan::InputsOf(*next)) open.push_back(std::move(input));
  }
  return false;
}

const std::string& TextOf(const spec::ExpressionPtr& parameter) {
  return std::get<std::string>(parameter->As<spec::LiteralValue>().literal.value.storage);
}

}  // namespace

// It stands in the column's metadata, as Spark's. What is no stream has no late rows: nobody looks
// for the column then.
Resolved ResolveWatermark(const spec::Hint& node, Resolved input, Analysis& analysis) {
  const std::string& name = TextOf(node.parameters.at(0));
  int64_t millis = DelayMillis(TextOf(node.parameters.at(1)));
  if (!IsStream(input.plan)) return input;
  auto match = FindName(*input.scope, {name}, analysis.case_sensitive);
  if (!match) {
    throw errors::UnresolvedColumn(errors::QuoteName({name}), Suggestions({input.scope}, {name}));
  }
  plan::Column event_time = match->column->column;
  CheckEventTime(event_time);
  DropHidden(input);
  plan::NamedExpressions items;
  ScopeColumns columns;
  for (ScopeColumn column : input.scope->columns->all()) {
    plan::Column before = column.column;
    bool timed = before.id == event_time.id;
    column.column.metadata =
        WithDelay(before.metadata, timed ? std::optional(millis) : std::nullopt);
    items.push_back({column.column, plan::MakeRef(before)});
    columns.push_back(std::move(column));
  }
  auto scope = std::make_shared<Scope>(*PassScope(input.scope));
  scope->columns = ColumnList::Make(std::move(columns), analysis.case_sensitive);
  return {plan::MakeProject(input.plan, std::move(items)), std::move(scope), nullptr};
}

}  // namespace pyrite::analyzer
