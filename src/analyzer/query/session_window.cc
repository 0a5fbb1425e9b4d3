#include "analyzer/query/session_window.h"

#include "analyzer/expr/expression.h"
#include "analyzer/query/extract_windows.h"

namespace pyrite::analyzer {
namespace {

using spec::ExpressionPtr;

// Names that no column of a user's has.
constexpr char kFirst[] = "pyrite.session.first";
constexpr char kSession[] = "pyrite.session.number";

class Merging {
 public:
  Merging(const Resolved& input, const plan::Column& start, const plan::Column& end,
          const spec::Expressions& groups, Analysis& analysis)
      : plan_(input.plan),
        input_(input.scope),
        start_(start),
        end_(end),
        groups_(groups),
        analysis_(analysis) {
    made_ = {start_, end_};
  }

  plan::RelationPtr Merge() {
    // A row begins a session when all before it have ended. Rows of one start are peers.
    spec::WindowSpec before{groups_, {By(start_.name)}, Frame(spec::FrameType::kRows, -1)};
    ExpressionPtr last_end = Over("max", end_.name, before);
    Add(kFirst,
        spec::Call("if", {spec::Call("<=", {spec::Attribute(start_.name), last_end}),
                          spec::Constant(Literal::Int(0)), spec::Constant(Literal::Int(1))}));
    spec::WindowSpec so_far{groups_, {By(start_.name)}, Frame(spec::FrameType::kRange, 0)};
    Add(kSession, Over("sum", kFirst, so_far));
    spec::WindowSpec session{groups_, {}, {}};
    session.partition_by.push_back(spec::Attribute(kSession));
    plan::ExpressionPtr first = Resolve(*Over("min", start_.name, session));
    plan::ExpressionPtr last = Resolve(*Over("max", end_.name, session));
    plan::NamedExpressions items = Kept();
    for (plan::NamedExpression& item : items) {
      if (item.column.id == start_.id) item.expression = first;
      if (item.column.id == end_.id) item.expression = last;
    }
    items.resize(items.size() - 2);  // kFirst and kSession
    plan_ = ExtractWindows(std::move(plan_), items);
    return plan::MakeProject(std::move(plan_), std::move(items));
  }

 private:
  static ExpressionPtr By(const std::string& name) {
    return spec::Make(spec::SortOrder{spec::Attribute(name)});
  }

  // From the first row to the one `offset` rows from this, or to this one and its peers.
  static spec::WindowFrame Frame(spec::FrameType type, int offset) {
    using Kind = spec::FrameBound::Kind;
    spec::WindowFrame frame{type, {Kind::kUnboundedPreceding, nullptr}, {Kind::kCurrentRow, {}}};
    if (offset != 0) frame.upper = {Kind::kValue, spec::Constant(Literal::Int(offset))};
    return frame;
  }

  static ExpressionPtr Over(const char* function, const std::string& column,
                            const spec::WindowSpec& window) {
    return spec::Make(
        spec::WindowExpression{spec::Call(function, {spec::Attribute(column)}), window});
  }

  plan::ExpressionPtr Resolve(const spec::Expression& expression) {
    Environment names{analysis_, {ScopeOf(made_, nullptr, analysis_.case_sensitive), input_}};
    return ResolveExpression(expression, names);
  }

  plan::NamedExpressions Kept() const {
    plan::NamedExpressions items;
    for (const plan::Column& column : plan_->output) {
      items.push_back({column, plan::MakeRef(column)});
    }
    return items;
  }

  void Add(const char* name, const ExpressionPtr& expression) {
    plan::ExpressionPtr value = Resolve(*expression);
    plan::Column column{plan::NextColumnId(), name, value->type, value->nullable, ""};
    plan::NamedExpressions items = Kept();
    items.push_back({column, std::move(value)});
    plan_ = ExtractWindows(std::move(plan_), items);
    plan_ = plan::MakeProject(std::move(plan_), std::move(items));
    made_.push_back(std::move(column));
  }

  plan::RelationPtr plan_;
  ScopePtr input_;
  plan::Column start_, end_;
  const spec::Expressions& groups_;
  Analysis& analysis_;
  plan::Columns made_;  // what the steps so far have added
};

}  // namespace

plan::RelationPtr MergeSessions(const Resolved& input, const plan::Column& start,
                                const plan::Column& end, const spec::Expressions& groups,
                                Analysis& analysis) {
  return Merging(input, start, end, groups, analysis).Merge();
}

}  // namespace pyrite::analyzer
