#include "analyzer/expr/input_file.h"

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "sources/file_metadata.h"

namespace pyrite::analyzer {
namespace {

struct InputFileFunction {
  const char* name;
  const char* field;
};
constexpr InputFileFunction kFunctions[] = {{"input_file_name", "file_path"},
                                            {"input_file_block_start", "file_block_start"},
                                            {"input_file_block_length", "file_block_length"}};

// Scans of files below.
size_t CountSources(const Scope* scope) {
  while (scope->inputs.size() == 1) scope = scope->inputs[0].get();
  if (scope->inputs.empty()) return scope->hidden ? scope->hidden->size() : 0;
  size_t count = 0;
  for (const ScopePtr& input : scope->inputs) count += CountSources(input.get());
  return count;
}

// Whether the nearest branching below is that of a join, and not a union's.
bool IsJoined(const Scope* scope) {
  while (scope->inputs.size() == 1) scope = scope->inputs[0].get();
  if (scope->inputs.size() != 2) return false;
  // A union hides nothing and is as wide as its inputs.
  return scope->hidden || scope->columns->size() > scope->inputs[0]->columns->size();
}

}  // namespace

bool IsInputFileFunction(const std::string& name) {
  for (const InputFileFunction& function : kFunctions) {
    if (name == function.name) return true;
  }
  return false;
}

plan::ExpressionPtr ResolveInputFile(const std::string& name, Environment& names) {
  Analysis& analysis = names.analysis;
  if (!analysis.context.shows_metadata) {
    // Resolved when the scans are asked again, with their metadata.
    AskForMetadata({sources::kMetadataColumn}, analysis);
    throw errors::UnsupportedFeature(name);
  }
  const ScopePtr scope = names.scopes.empty() ? nullptr : names.scopes.back();
  size_t sources = scope ? CountSources(scope.get()) : 0;
  if (sources == 0) {
    bool is_text = name == kFunctions[0].name;
    return plan::MakeConstant(is_text ? Literal::String("") : Literal::Long(-1));
  }
  ColumnListPtr metadata = MetadataColumns(scope->hidden, analysis.case_sensitive);
  if (sources > 1 && IsJoined(scope.get())) {
    throw SparkError("MULTI_SOURCES_UNSUPPORTED_FOR_EXPRESSION",
                     {{"expr", errors::Quoted(name + "()")}});
  }
  if (!metadata) throw errors::UnsupportedFeature(name + "() far above the files");
  for (const InputFileFunction& function : kFunctions) {
    if (name != function.name) continue;
    auto field = ExtractField(plan::MakeRef(metadata->all()[0].column), function.field, names);
    if (!field->type.IsString()) return field;
    // "file:/a" is "file:///a" here.
    plan::Expressions parts = {plan::MakeConstant(Literal::String("file://")), nullptr};
    parts[1] = CallFunction("substring", {field, plan::MakeConstant(Literal::Int(6))}, analysis);
    return CallFunction("concat", std::move(parts), analysis);
  }
  throw errors::Internal("a function of input files that is not known");
}

}  // namespace pyrite::analyzer
