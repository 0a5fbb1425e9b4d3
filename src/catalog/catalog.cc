#include "catalog/catalog.h"

#include <cctype>
#include <utility>

#include "base/errors.h"

namespace pyrite::catalog {
namespace {

constexpr char kGlobalDatabase[] = "global_temp";

std::string Lower(const std::string& text) {
  std::string out = text;
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

using Views = std::map<std::string, std::shared_ptr<const View>>;

std::shared_ptr<const View> Find(const Views& views, const std::string& name) {
  auto found = views.find(Lower(name));
  return found == views.end() ? nullptr : found->second;
}

void Create(Views& views, View view, bool replace, const std::vector<std::string>& shown) {
  auto& slot = views[Lower(view.name)];
  if (slot != nullptr && !replace) {
    throw SparkError("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                     {{"relationName", errors::QuoteName(shown)}});
  }
  slot = std::make_shared<const View>(std::move(view));
}

std::vector<std::string> Names(const Views& views) {
  std::vector<std::string> names;
  for (const auto& [key, view] : views) names.push_back(view->name);
  return names;
}

}  // namespace

std::shared_ptr<const View> SharedCatalog::FindGlobal(const std::string& name) const {
  std::lock_guard lock(mutex_);
  return Find(views_, name);
}

void SharedCatalog::CreateGlobal(View view, bool replace) {
  std::lock_guard lock(mutex_);
  std::vector<std::string> shown = {kGlobalDatabase, view.name};
  Create(views_, std::move(view), replace, shown);
}

bool SharedCatalog::DropGlobal(const std::string& name) {
  std::lock_guard lock(mutex_);
  return views_.erase(Lower(name)) != 0;
}

std::vector<std::string> SharedCatalog::GlobalNames() const {
  std::lock_guard lock(mutex_);
  return Names(views_);
}

std::shared_ptr<const View> Catalog::FindView(const std::vector<std::string>& name_parts) const {
  if (name_parts.size() == 1) return Find(views_, name_parts[0]);
  if (name_parts.size() == 2 && Lower(name_parts[0]) == kGlobalDatabase) {
    return shared_->FindGlobal(name_parts[1]);
  }
  return nullptr;
}

void Catalog::CreateTempView(View view, bool replace) {
  std::vector<std::string> shown = {view.name};
  Create(views_, std::move(view), replace, shown);
}

bool Catalog::DropTempView(const std::string& name) { return views_.erase(Lower(name)) != 0; }

std::vector<std::string> Catalog::TempViewNames() const { return Names(views_); }

namespace {

// `name`, `session`.`name`, `system`.`session`.`name`.
bool IsInSession(const std::vector<std::string>& name_parts) {
  static const std::vector<std::string> kPrefix = {"system", "session"};
  if (name_parts.empty() || name_parts.size() > 3) return false;
  for (size_t i = 0; i + 1 < name_parts.size(); ++i) {
    if (Lower(name_parts[i]) != kPrefix[3 - name_parts.size() + i]) return false;
  }
  return true;
}

}  // namespace

spec::ExpressionPtr Catalog::FindFunction(const std::vector<std::string>& name_parts) const {
  if (!IsInSession(name_parts)) return nullptr;
  auto found = functions_.find(Lower(name_parts.back()));
  return found == functions_.end() ? nullptr : found->second;
}

void Catalog::SetFunction(const std::string& name, spec::ExpressionPtr function) {
  functions_[Lower(name)] = std::move(function);
}

bool Catalog::DropFunction(const std::string& name) { return functions_.erase(Lower(name)) != 0; }

std::vector<std::string> Catalog::FunctionNames() const {
  std::vector<std::string> names;
  for (const auto& [name, function] : functions_) names.push_back(name);
  return names;
}

spec::ExpressionPtr Catalog::FindTableFunction(const std::vector<std::string>& name_parts) const {
  if (!IsInSession(name_parts)) return nullptr;
  auto found = table_functions_.find(Lower(name_parts.back()));
  return found == table_functions_.end() ? nullptr : found->second;
}

void Catalog::SetTableFunction(const std::string& name, spec::ExpressionPtr function) {
  table_functions_[Lower(name)] = std::move(function);
}

std::shared_ptr<const Variable> Catalog::FindVariable(
    const std::vector<std::string>& name_parts) const {
  if (!IsInSession(name_parts)) return nullptr;
  auto found = variables_.find(Lower(name_parts.back()));
  return found == variables_.end() ? nullptr : found->second;
}

void Catalog::SetVariable(Variable variable) {
  std::string key = Lower(variable.name);
  variables_[key] = std::make_shared<const Variable>(std::move(variable));
}

bool Catalog::DropVariable(const std::string& name) { return variables_.erase(Lower(name)) != 0; }

std::optional<Catalog::TableName> Catalog::NameOfTable(
    const std::vector<std::string>& name_parts) const {
  if (name_parts.size() == 1) return TableName{current_database, name_parts[0]};
  if (name_parts.size() == 2) return TableName{name_parts[0], name_parts[1]};
  bool own = name_parts.size() == 3 && Lower(name_parts[0]) == current_catalog;
  return own ? std::optional(TableName{name_parts[1], name_parts[2]}) : std::nullopt;
}

TablePtr Catalog::FindTable(const std::vector<std::string>& name_parts) const {
  auto name = NameOfTable(name_parts);
  return name ? shared_->databases().FindTable(name->database, name->name) : nullptr;
}

}  // namespace pyrite::catalog
