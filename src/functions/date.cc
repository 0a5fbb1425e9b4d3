// Functions of dates and timestamps.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

struct Field {
  const char* names;  // separated by spaces, with one around
  const char* function;
};

constexpr Field kFields[] = {
    {" year y years yr yrs ", "year"},
    {" yearofweek ", "extract_yearofweek"},
    {" quarter qtr ", "quarter"},
    {" month mon mons months ", "month"},
    {" week w weeks ", "weekofyear"},
    {" day d days ", "dayofmonth"},
    {" dayofweek dow ", "dayofweek"},
    {" dayofweek_iso dow_iso ", "extract_dayofweek_iso"},
    {" doy ", "dayofyear"},
    {" hour h hours hr hrs ", "hour"},
    {" minute m min mins minutes ", "minute"},
    {" second s sec seconds secs ", "extract_second"},
};

ExpressionPtr Extract(const CallContext& context, const Expressions& arguments) {
  const Value* field = ConstantValue(arguments[0]);
  if (field == nullptr) throw errors::UnsupportedFeature("date_part of a field that varies");
  std::string name = " ";
  for (char c : field->as_string()) name += static_cast<char>(std::tolower(c));
  name += ' ';
  for (const Field& row : kFields) {
    if (std::string_view(row.names).find(name) != std::string_view::npos) {
      return CallFunction(row.function, {arguments[1]}, context);
    }
  }
  throw errors::UnsupportedFeature("extracting " + field->as_string());
}

constexpr Function kRows[] = {
    {.name = "extract", .aliases = "date_part datepart", .signatures = "(string, any) -> any",
     .doc = "A field of a date or timestamp.", .means = Rewrite{Extract}},
    {.name = "year", .signatures = "(date) -> int", .doc = "The year.",
     .means = Rename{"year", true}},
    {.name = "quarter", .signatures = "(date) -> int", .doc = "The quarter of the year, 1 to 4.",
     .means = Rename{"quarter", true}},
    {.name = "month", .signatures = "(date) -> int", .doc = "The month of the year.",
     .means = Rename{"month", true}},
    {.name = "dayofmonth", .aliases = "day", .signatures = "(date) -> int",
     .doc = "The day of the month.", .means = Rename{"day", true}},
    {.name = "dayofyear", .signatures = "(date) -> int", .doc = "The day of the year.",
     .means = Rename{"dayofyear", true}},
    {.name = "weekofyear", .signatures = "(date) -> int", .doc = "The ISO week of the year.",
     .means = Rename{"weekofyear", true}},
};

}  // namespace

std::span<const Function> DateFunctions() { return kRows; }

}  // namespace pyrite::functions
