// array_sort with a comparator: the arrays of all rows are merge-sorted side by side, and the
// comparisons of one round are evaluated as one vector.

#include "duckdb/execution/expression_executor.hpp"
#include "duckdb/function/lambda_functions.hpp"
#include "duckdb/main/client_context.hpp"
#include "duckdb/planner/expression/bound_cast_expression.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "duckdb/planner/expression/bound_lambda_expression.hpp"
#include "lower/kernels/element_keys.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"

namespace pyrite::lower {
namespace {

using duckdb::DataChunk;
using duckdb::idx_t;
using duckdb::list_entry_t;
using duckdb::ListVector;
using duckdb::LogicalType;
using duckdb::Vector;

// The comparator's body, over (right, left, captured columns...).
struct Comparator final : duckdb::LambdaFunctionData {
  explicit Comparator(duckdb::unique_ptr<duckdb::Expression> given) : body(std::move(given)) {}

  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<Comparator>(body->Copy());
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    return duckdb::Expression::Equals(body, other.Cast<Comparator>().body);
  }
  duckdb::optional_ptr<const duckdb::Expression> GetLambdaExpression() const override {
    return body.get();
  }
  duckdb::unique_ptr<duckdb::Expression> RecoverLambdaChild() const override {
    return duckdb::make_uniq<duckdb::BoundLambdaExpression>(duckdb::ExpressionType::LAMBDA,
                                                            LogicalType::LAMBDA, body->Copy(), 2);
  }

  duckdb::unique_ptr<duckdb::Expression> body;
};

// Evaluates the comparator over pairs of elements.
class Comparisons {
 public:
  Comparisons(DataChunk& arguments, duckdb::ExpressionState& state, const Vector& elements)
      : context_(state.GetContext()), elements_(elements) {
    const auto& call = state.expr.Cast<duckdb::BoundFunctionExpression>();
    const duckdb::Expression& body = *call.BindInfo()->Cast<Comparator>().body;
    duckdb::vector<LogicalType> types(2, elements.GetType());
    for (idx_t i = 1; i < arguments.ColumnCount(); ++i) {
      if (arguments.data[i].GetType().id() == duckdb::LogicalTypeId::LAMBDA) continue;
      types.push_back(arguments.data[i].GetType());
      captured_.push_back(&arguments.data[i]);
    }
    executor_ = duckdb::make_uniq<duckdb::ExpressionExecutor>(context_, body);
    input_.InitializeEmpty(types);
    output_.Initialize(duckdb::Allocator::DefaultAllocator(), {LogicalType::INTEGER});
  }

  bool IsFull() const { return count_ == STANDARD_VECTOR_SIZE; }

  void Add(idx_t row, idx_t left, idx_t right) {
    rows_.set_index(count_, row);
    left_.set_index(count_, left);
    right_.set_index(count_++, right);
  }

  // Calls `take` with the number of each pair and whether its left element goes first.
  template <class F>
  void Run(F take) {
    if (count_ == 0) return;
    context_.InterruptCheck();
    Vector right(elements_, right_, count_), left(elements_, left_, count_);
    input_.data[0].Reference(right);
    input_.data[1].Reference(left);
    std::vector<Vector> slices;
    slices.reserve(captured_.size());
    for (size_t i = 0; i < captured_.size(); ++i) {
      slices.emplace_back(*captured_[i], rows_, count_);
      input_.data[i + 2].Reference(slices.back());
    }
    input_.SetChildCardinality(count_);
    output_.Reset();
    executor_->Execute(input_, output_);
    const auto orders = output_.data[0].Values<int32_t>();
    for (idx_t i = 0; i < count_; ++i) {
      if (!orders[i].IsValid()) {
        ThrowSpark("COMPARATOR_RETURNS_NULL", {{"firstValue", Shown(left_.get_index(i))},
                                               {"secondValue", Shown(right_.get_index(i))}});
      }
      take(i, orders[i].GetValue() < 0);
    }
    count_ = 0;
  }

 private:
  std::string Shown(idx_t element) const { return elements_.GetValue(element).ToString(); }

  duckdb::ClientContext& context_;
  const Vector& elements_;
  std::vector<Vector*> captured_;
  duckdb::unique_ptr<duckdb::ExpressionExecutor> executor_;
  DataChunk input_, output_;
  duckdb::SelectionVector rows_{STANDARD_VECTOR_SIZE}, left_{STANDARD_VECTOR_SIZE},
      right_{STANDARD_VECTOR_SIZE};
  idx_t count_ = 0;
};

// A part of a row's array: elements order[first, last).
struct Segment {
  idx_t row, first, last;
};

// Two neighbouring sorted runs on their way to one.
struct Merge {
  idx_t row, left, left_end, right, right_end, out;
  bool IsDone() const { return left == left_end || right == right_end; }
};

// Merges the sorted runs of `width` elements that the segments consist of.
std::vector<idx_t> MergedRuns(const std::vector<Segment>& segments, idx_t width,
                              const std::vector<idx_t>& order, Comparisons& comparisons) {
  std::vector<idx_t> merged = order;
  std::vector<Merge> active;
  for (const Segment& segment : segments) {
    for (idx_t at = segment.first; at + width < segment.last; at += 2 * width) {
      idx_t middle = at + width, end = std::min(middle + width, segment.last);
      active.push_back({segment.row, at, middle, middle, end, at});
    }
  }
  while (!active.empty()) {
    for (size_t first = 0; first < active.size(); first += STANDARD_VECTOR_SIZE) {
      size_t last = std::min<size_t>(first + STANDARD_VECTOR_SIZE, active.size());
      for (size_t i = first; i < last; ++i) {
        comparisons.Add(active[i].row, order[active[i].right], order[active[i].left]);
      }
      comparisons.Run([&](idx_t i, bool right_first) {
        Merge& merge = active[first + i];
        merged[merge.out++] = order[right_first ? merge.right++ : merge.left++];
      });
    }
    std::erase_if(active, [&](Merge& merge) {
      if (!merge.IsDone()) return false;
      for (; merge.left < merge.left_end; ++merge.left) merged[merge.out++] = order[merge.left];
      for (; merge.right < merge.right_end; ++merge.right) merged[merge.out++] = order[merge.right];
      return true;
    });
  }
  return merged;
}

void Sort(DataChunk& arguments, duckdb::ExpressionState& state, Vector& result) {
  const Vector& lists = arguments.data[0];
  const Vector& elements = ListVector::GetChild(lists);
  const auto entries = lists.Values<list_entry_t>();
  std::vector<Segment> segments;
  std::vector<idx_t> order;
  idx_t longest = 0;
  for (idx_t row = 0; row < arguments.size(); ++row) {
    idx_t first = order.size();
    if (entries[row].IsValid()) {
      const list_entry_t& entry = entries[row].GetValue();
      for (idx_t i = 0; i < entry.length; ++i) order.push_back(entry.offset + i);
      longest = std::max(longest, entry.length);
    }
    segments.push_back({row, first, order.size()});
  }
  Comparisons comparisons(arguments, state, elements);
  for (idx_t width = 1; width < longest; width *= 2) {
    order = MergedRuns(segments, width, order, comparisons);
  }
  ElementPicker picker(result, arguments.size(), order.size());
  for (const Segment& segment : segments) {
    if (!entries[segment.row].IsValid()) {
      picker.NullRow();
      continue;
    }
    for (idx_t i = segment.first; i < segment.last; ++i) picker.Pick(order[i]);
    picker.EndRow();
  }
  picker.Finish(elements);
}

duckdb::unique_ptr<duckdb::FunctionData> Bind(duckdb::BindScalarFunctionInput& input) {
  duckdb::BoundScalarFunction& function = input.GetBoundFunction();
  auto& arguments = input.GetArguments();
  auto& lambda = arguments[1]->Cast<duckdb::BoundLambdaExpression>();
  lambda.LambdaExprMutable() = duckdb::BoundCastExpression::AddCastToType(
      input.GetClientContext(), std::move(lambda.LambdaExprMutable()), LogicalType::INTEGER);
  function.GetArguments()[0] = arguments[0]->GetReturnType();
  function.SetReturnType(arguments[0]->GetReturnType());
  return duckdb::make_uniq<Comparator>(lambda.LambdaExpr()->Copy());
}

LogicalType ParameterType(duckdb::ClientContext&, const duckdb::vector<LogicalType>& types, idx_t,
                          duckdb::optional_ptr<duckdb::BindLambdaContext>) {
  return duckdb::ListType::GetChildType(types[0]);
}

}  // namespace

void RegisterArraySortKernels(duckdb::ExtensionLoader& loader) {
  auto sort =
      MakeKernel("spark_array_sort_by", {LogicalType::LIST(LogicalType::ANY), LogicalType::LAMBDA},
                 LogicalType::LIST(LogicalType::ANY), Sort, true);
  sort.SetBindCallback(Bind);
  sort.SetBindLambdaCallback(ParameterType);
  sort.SetNullHandling(duckdb::FunctionNullHandling::SPECIAL_HANDLING);
  loader.RegisterFunction(std::move(sort));
}

}  // namespace pyrite::lower
