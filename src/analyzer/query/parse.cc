// spark.read.csv and json of a DataFrame of texts: each row is a record, a JSON array several.

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/query/query.h"
#include "base/value_arrow.h"
#include "functions/build.h"
#include "functions/lambda.h"
#include "functions/options.h"
#include "sources/csv/csv_options.h"
#include "sources/options.h"
#include "sources/row_texts.h"
#include "sources/text/text_errors.h"
#include "sources/text/text_options.h"

namespace pyrite::analyzer {
namespace {

using plan::ExpressionPtr;

ExpressionPtr Text(std::string text) { return functions::StringConstant(std::move(text)); }

plan::RelationPtr OneColumn(plan::RelationPtr input, const plan::Column& column,
                            ExpressionPtr value) {
  return plan::MakeProject(std::move(input), {{column, std::move(value)}});
}

sources::RowTexts Collect(const plan::RelationPtr& texts, Analysis& analysis) {
  sources::RowTexts all;
  auto table = analysis.context.run(texts);
  for (const auto& chunk : table->column(0)->chunks()) {
    for (int64_t i = 0; i < chunk->length(); ++i) {
      if (!chunk->IsNull(i))
        all.push_back(ValueFromArrow(*chunk, i, DataType::String()).as_string());
    }
  }
  return all;
}

class Reading {
 public:
  Reading(const spec::Parse& node, const Resolved& input, Analysis& analysis)
      : node_(node),
        analysis_(analysis),
        configuration_(*analysis.context.configuration),
        options_(sources::Settle(node.options, node.format, configuration_)),
        text_{plan::NextColumnId(), "value", DataType::String(), true, ""},
        record_{plan::NextColumnId(), "record", DataType::Null(), true, ""} {
    plan::RelationPtr rows = Materialize(input);
    if (rows->output.size() != 1) {
      throw SparkError("DATAFRAME_INPUT_NOT_SINGLE_COLUMN",
                       {{"numColumns", std::to_string(rows->output.size())}});
    }
    if (!rows->output[0].type.IsString()) {
      throw SparkError("DATAFRAME_INPUT_NOT_STRING_TYPE",
                       {{"dataType", errors::Quoted(rows->output[0].type.ToSql())}});
    }
    texts_ = OneColumn(rows, text_, plan::MakeRef(rows->output[0]));
    texts_ = Where(texts_, Call("isnotnull", {Ref()}));
    ExpressionPtr blank = Call("rlike", {Ref(), Text("^\\s*$")});
    texts_ = Where(texts_, Call("not", {std::move(blank)}));
    if (node.format == "csv") SkipComments();
  }

  Resolved Rows() {
    ReadSchema();
    DataType type = DataType::Struct(ReadFields());
    record_.type = type;
    plan::RelationPtr rows = node_.format == "csv"
                                 ? OneColumn(texts_, record_, Parse("spark_from_csv", type))
                                 : JsonRecords(type);
    if (drops_) {
      ExpressionPtr bad = functions::Field(plan::MakeRef(record_), corrupt_);
      rows = Where(std::move(rows), Call("isnull", {std::move(bad)}));
    }
    plan::NamedExpressions items;
    for (const StructField& field : schema_) {
      auto ordinal = static_cast<int32_t>(items.size());
      plan::Column column{plan::NextColumnId(), field.name, field.type, true, field.metadata};
      items.push_back({std::move(column), functions::Field(plan::MakeRef(record_), ordinal)});
    }
    Resolved result;
    result.plan = plan::MakeProject(std::move(rows), std::move(items));
    result.scope = ScopeOf(result.plan->output, nullptr, analysis_.case_sensitive);
    return result;
  }

 private:
  ExpressionPtr Ref() const { return plan::MakeRef(text_); }
  ExpressionPtr Call(const char* name, plan::Expressions arguments) const {
    return CallFunction(name, std::move(arguments), analysis_);
  }
  static plan::RelationPtr Where(plan::RelationPtr rows, ExpressionPtr condition) {
    return plan::MakeFilter(std::move(rows), std::move(condition));
  }

  void SkipComments() {
    sources::CsvOptions csv = sources::CsvOptions::Read(options_);
    if (csv.dialect.comment == 0) return;
    ExpressionPtr comment = Call("startswith", {Ref(), Text(std::string(1, csv.dialect.comment))});
    texts_ = Where(texts_, Call("not", {std::move(comment)}));
  }

  // The user's schema, or what the texts say; a CSV header is no record.
  void ReadSchema() {
    bool header = node_.format == "csv" && sources::CsvOptions::Read(options_).header;
    sources::RowTexts texts;
    if (!node_.schema || header) {
      bool all = !node_.schema && sources::NeedsAllTexts(node_.format, options_);
      plan::RelationPtr wanted = texts_;
      if (!all) wanted = plan::MakeLimit(wanted, functions::IntConstant(1), nullptr);
      texts = Collect(wanted, analysis_);
    }
    if (node_.schema) {
      schema_ = node_.schema->AsNullable().fields();
      sources::CheckRowTypes(node_.format, schema_);
    } else {
      schema_ = sources::InferRowTexts(node_.format, texts, options_, configuration_);
    }
    if (header && !texts.empty()) {
      texts_ = Where(texts_, Call("not", {Call("==", {Ref(), Text(texts[0])})}));
    }
  }

  // The schema's fields, and one for malformed records where they are to be dropped.
  Schema ReadFields() {
    sources::TextOptions text = sources::ReadTextOptions(sources::Options(options_), "options");
    drops_ = text.mode == sources::ParseMode::kDropMalformed;
    Schema fields = schema_;
    bool found = false;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name != text.corrupt_column) continue;
      sources::CheckCorruptColumn(fields[i].type);
      corrupt_ = static_cast<int32_t>(i);
      found = true;
    }
    if (!drops_) return fields;
    std::erase_if(options_, [](const auto& option) {
      return sources::EqualsIgnoreCase(option.first, "mode");
    });
    if (!found) {
      corrupt_ = static_cast<int32_t>(fields.size());
      fields.push_back({text.corrupt_column, DataType::String(), true, ""});
    }
    return fields;
  }

  ExpressionPtr Parse(const char* kernel, const DataType& type) const {
    std::string options;
    for (const auto& [name, value] : options_) {
      options += name + functions::kOptionEnd + value + functions::kOptionEnd;
    }
    return functions::Native(kernel, {Ref(), Text(type.ToSql()), Text(std::move(options))}, type,
                             true, analysis_.call);
  }

  // An array's elements are records, unless one of them is malformed.
  plan::RelationPtr JsonRecords(const DataType& type) const {
    DataType several = DataType::Array(type);
    ExpressionPtr alone = Call("array", {Parse("spark_from_json", type)});
    ExpressionPtr of_array = Call("coalesce", {Parse("spark_from_json", several), alone});
    ExpressionPtr is_array = Call("rlike", {Ref(), Text("^\\s*\\[")});
    plan::Columns output = {text_, record_};
    plan::Generate node{texts_,
                        functions::Find("explode"),
                        {Call("if", {std::move(is_array), std::move(of_array), alone})},
                        false};
    return plan::MakeRelation(std::move(node), std::move(output));
  }

  const spec::Parse& node_;
  Analysis& analysis_;
  const Configuration& configuration_;
  plan::Options options_;
  plan::Column text_, record_;
  plan::RelationPtr texts_;
  Schema schema_;
  bool drops_ = false;
  int32_t corrupt_ = 0;
};

}  // namespace

Resolved ResolveParse(const spec::Parse& node, Resolved input, Analysis& analysis) {
  if (node.format != "csv" && node.format != "json") {
    throw errors::UnsupportedFeature("reading " + node.format + " from a DataFrame");
  }
  return Reading(node, input, analysis).Rows();
}

}  // namespace pyrite::analyzer
