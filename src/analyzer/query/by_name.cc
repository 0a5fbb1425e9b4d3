#include "analyzer/query/by_name.h"

#include "analyzer/errors.h"

namespace pyrite::analyzer {
namespace {

std::map<std::string, size_t> Index(const plan::Columns& columns, bool sensitive) {
  std::map<std::string, size_t> index;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string name = FoldCase(columns[i].name, sensitive);
    if (!index.emplace(name, i).second) throw errors::ColumnAlreadyExists(name);
  }
  return index;
}

plan::NamedExpression Reference(const plan::Column& column) {
  return {column, plan::MakeRef(column)};
}

plan::NamedExpression Missing(const plan::Column& like) {
  plan::ExpressionPtr null = plan::MakeConstant(Literal::Null(like.type));
  return {{plan::NextColumnId(), like.name, like.type, true, ""}, std::move(null)};
}

std::string Names(const plan::Columns& columns) {
  std::string out;
  for (const plan::Column& column : columns) out += (out.empty() ? "" : ", ") + column.name;
  return out;
}

}  // namespace

void AlignByName(plan::RelationPtr& left, plan::RelationPtr& right, bool allow_missing,
                 const Analysis& analysis) {
  bool sensitive = analysis.case_sensitive;
  auto in_left = Index(left->output, sensitive);
  auto in_right = Index(right->output, sensitive);
  plan::NamedExpressions left_items, right_items;
  for (const plan::Column& column : left->output) {
    auto found = in_right.find(FoldCase(column.name, sensitive));
    if (found == in_right.end() && !allow_missing) {
      throw errors::UnresolvedColumn(errors::QuoteName({column.name}), {Names(right->output)});
    }
    left_items.push_back(Reference(column));
    right_items.push_back(found == in_right.end() ? Missing(column)
                                                  : Reference(right->output[found->second]));
  }
  for (const plan::Column& column : right->output) {
    if (in_left.contains(FoldCase(column.name, sensitive))) continue;
    right_items.push_back(Reference(column));
    if (allow_missing) left_items.push_back(Missing(column));
  }
  left = plan::MakeProject(std::move(left), std::move(left_items));
  right = plan::MakeProject(std::move(right), std::move(right_items));
}

}  // namespace pyrite::analyzer
