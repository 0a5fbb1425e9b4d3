#include "session/show.h"

#include <arrow/api.h>

#include <algorithm>

#include "base/errors.h"
#include "base/text/hex.h"
#include "functions/build.h"
#include "passes/order_limited_windows.h"
#include "session/rows.h"
#include "session/show_string.h"

namespace pyrite::session {
namespace {

// Shown otherwise than cast to a string.
bool HasFormOfItsOwn(const DataType& type) {
  return type.IsNested() || type.Is(TypeKind::kVariant);
}

// Every column as text; strings are that already, and bytes are written out below.
plan::RelationPtr AsStrings(plan::RelationPtr input, int32_t rows, const std::string& time_zone) {
  plan::NamedExpressions expressions;
  for (const plan::Column& column : input->output) {
    plan::ExpressionPtr value = plan::MakeRef(column);
    if (HasFormOfItsOwn(column.type)) {
      value = functions::Native("spark_show_text",
                                {value, functions::StringConstant(column.type.ToSql()),
                                 functions::StringConstant(time_zone)},
                                DataType::String(), value->nullable, {});
    } else if (!column.type.IsString() && !column.type.Is(TypeKind::kBinary)) {
      value = plan::MakeCast(std::move(value), DataType::String(), plan::EvalMode::kAnsi);
    }
    plan::Column out{plan::NextColumnId(), column.name, value->type, value->nullable, ""};
    expressions.push_back({std::move(out), std::move(value)});
  }
  plan::RelationPtr limited =
      plan::MakeLimit(std::move(input), plan::MakeConstant(Literal::Int(rows)), nullptr);
  limited = passes::OrderLimitedWindows(std::move(limited));
  // No columns to project: the rows still count.
  if (expressions.empty()) return limited;
  return plan::MakeProject(std::move(limited), std::move(expressions));
}

std::string CellText(const arrow::Array& array, int64_t row, bool is_binary) {
  if (array.IsNull(row)) return "NULL";
  std::string_view view;
  switch (array.type_id()) {
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
      view = static_cast<const arrow::BinaryArray&>(array).GetView(row);
      break;
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY:
      view = static_cast<const arrow::LargeBinaryArray&>(array).GetView(row);
      break;
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW:
      view = static_cast<const arrow::BinaryViewArray&>(array).GetView(row);
      break;
    default:
      throw errors::Internal("A shown column is " + array.type()->ToString() + ", not text.");
  }
  if (!is_binary) return std::string(view);
  std::string shown;
  AppendShownBytes(view, shown);
  return shown;
}

ShownRows ToShownRows(const arrow::Table& table, const plan::Columns& columns, int32_t asked) {
  ShownRows shown;
  shown.asked = asked;
  shown.has_more = table.num_rows() > asked;
  shown.rows.resize(std::min<int64_t>(table.num_rows(), asked));
  for (int i = 0; i < table.num_columns(); ++i) {
    shown.columns.push_back(columns[i].name);
    size_t at = 0;
    for (const auto& chunk : table.column(i)->chunks()) {
      for (int64_t row = 0; row < chunk->length() && at < shown.rows.size(); ++row) {
        shown.rows[at++].push_back(CellText(*chunk, row, columns[i].type.Is(TypeKind::kBinary)));
      }
    }
  }
  return shown;
}

}  // namespace

std::optional<ShowRequest> ShowRequestOf(const spec::Relation& relation) {
  using Form = ShowRequest::Form;
  if (const auto* show = relation.TryAs<spec::ShowString>()) {
    return ShowRequest{show->input, show->num_rows, show->truncate,
                       show->vertical ? Form::kVertical : Form::kTable};
  }
  if (const auto* html = relation.TryAs<spec::HtmlString>()) {
    return ShowRequest{html->input, html->num_rows, html->truncate, Form::kHtml};
  }
  // The client puts the subqueries of the whole plan beside its root.
  if (const auto* with = relation.TryAs<spec::WithRelations>()) {
    std::optional<ShowRequest> request = ShowRequestOf(*with->root);
    if (request) {
      request->input = spec::MakeRelation(spec::WithRelations{request->input, with->references});
    }
    return request;
  }
  return std::nullopt;
}

std::string ShowText(const ShowRequest& request, plan::RelationPtr input,
                     const std::string& time_zone, const CollectFunction& collect) {
  constexpr int32_t kMaximum = 2147483631;  // Spark's longest array
  int32_t asked = std::clamp(request.num_rows, 0, kMaximum);
  plan::Columns columns = input->output;
  std::shared_ptr<arrow::Table> table = collect(AsStrings(std::move(input), asked + 1, time_zone));
  ShownRows shown = ToShownRows(*table, columns, asked);
  switch (request.form) {
    case ShowRequest::Form::kTable: return FormatTable(shown, request.truncate);
    case ShowRequest::Form::kVertical: return FormatVertical(shown, request.truncate);
    case ShowRequest::Form::kHtml: break;
  }
  return FormatHtml(shown, request.truncate);
}

plan::RelationPtr RunShow(const ShowRequest& request, plan::RelationPtr input,
                          const std::string& time_zone, const CollectFunction& collect) {
  const char* column = request.form == ShowRequest::Form::kHtml ? "html_string" : "show_string";
  return MakeStringRows({column}, {{ShowText(request, std::move(input), time_zone, collect)}},
                        false);
}

}  // namespace pyrite::session
