#include "analyzer/query/generator.h"

#include "analyzer/errors.h"
#include "functions/sql_text.h"

namespace pyrite::analyzer {
namespace {

using Fields = std::vector<StructField>;

void AppendElement(const DataType& type, Fields& fields) {
  if (type.Is(TypeKind::kMap)) {
    fields.push_back({"key", type.key(), false});
    fields.push_back({"value", type.value(), type.contains_null()});
  } else if (type.Is(TypeKind::kArray)) {
    fields.push_back({"col", type.element(), type.contains_null()});
  }
}

// The columns that each generator makes (Spark's elementSchema).
Fields ElementSchema(const std::string& name, const plan::Call& call) {
  Fields fields;
  const DataType& type = call.arguments.at(0)->type;
  if (name == "explode" || name == "posexplode") {
    if (name == "posexplode") fields.push_back({"pos", DataType::Integer(), false});
    AppendElement(type, fields);
    return fields;
  }
  if (name == "inline") {
    if (!type.Is(TypeKind::kArray) || !type.element().Is(TypeKind::kStruct)) {
      std::string shown = functions::SqlOf(*call.arguments[0]);
      throw errors::UnexpectedInputType("inline(" + shown + ")", "first",
                                        errors::Quoted("ARRAY<STRUCT>"), shown, type.ToSql());
    }
    fields = type.element().fields();
    for (StructField& field : fields) field.nullable |= type.contains_null();
    return fields;
  }
  throw errors::UnsupportedFeature("the generator " + name);
}

}  // namespace

Generated Generate(const Resolved& input, const plan::ExpressionPtr& generator, bool outer,
                   const spec::NameParts& names, Qualifier qualifier, Analysis& analysis) {
  auto& call = generator->As<plan::Call>();
  std::string name = functions::NameOf(*call.function);
  if (name.ends_with("_outer")) {
    name = name.substr(0, name.size() - 6);
    outer = true;
  }
  Fields fields = ElementSchema(name, call);
  if (!names.empty() && names.size() != fields.size()) {
    throw SparkError("UDTF_ALIAS_NUMBER_MISMATCH", {{"aliasesSize", std::to_string(fields.size())},
                                                    {"aliasesNames", errors::QuoteName(names)}});
  }
  Generated result;
  plan::Columns output = input.plan->output;
  for (size_t i = 0; i < fields.size(); ++i) {
    plan::Column column{plan::NextColumnId(), names.empty() ? fields[i].name : names[i],
                        fields[i].type, fields[i].nullable || outer, ""};
    output.push_back(column);
    result.columns.push_back(std::move(column));
  }
  plan::Generate node{input.plan, call.function, call.arguments, outer};
  const functions::Function* base = functions::Find(name);
  if (base) node.generator = base;
  result.plan = plan::MakeRelation(std::move(node), std::move(output));
  return result;
}

}  // namespace pyrite::analyzer
