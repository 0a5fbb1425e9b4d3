// The relations whose one row is a picture of another's rows: df.show() and _repr_html_.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "plan/relation.h"
#include "spec/relation.h"

namespace pyrite::session {

struct ShowRequest {
  enum class Form : uint8_t { kTable, kVertical, kHtml };
  spec::RelationPtr input;
  int32_t num_rows = 20;
  int32_t truncate = 20;
  Form form = Form::kTable;
};

// What `relation` shows, when it is such a relation.
std::optional<ShowRequest> ShowRequestOf(const spec::Relation& relation);

using CollectFunction = std::function<std::shared_ptr<arrow::Table>(const plan::RelationPtr&)>;

// Runs `input`, as far as it is shown, and gives the picture.
std::string ShowText(const ShowRequest& request, plan::RelationPtr input,
                     const std::string& time_zone, const CollectFunction& collect);

// Runs `input`, as far as it is shown, and gives the picture as a relation of one row.
plan::RelationPtr RunShow(const ShowRequest& request, plan::RelationPtr input,
                          const std::string& time_zone, const CollectFunction& collect);

}  // namespace pyrite::session
