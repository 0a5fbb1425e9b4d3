#include "exchange/status.h"

#include <memory>
#include <string>

#include "base/errors.h"

namespace pyrite::exchange {

// Not in an unnamed namespace: the library of flight/ has to recognize it, and the other way round.
class SparkErrorDetail : public arrow::StatusDetail {
 public:
  explicit SparkErrorDetail(SparkError error) : error_(std::move(error)) {}
  const char* type_id() const override { return "pyrite::SparkError"; }
  std::string ToString() const override { return error_.condition(); }
  const SparkError& error() const { return error_; }

 private:
  SparkError error_;
};

arrow::Status ToStatus(const SparkError& error) {
  return arrow::Status(arrow::StatusCode::ExecutionError, error.message(),
                       std::make_shared<SparkErrorDetail>(error));
}

void Check(const arrow::Status& status) {
  if (status.ok()) return;
  auto* detail = dynamic_cast<const SparkErrorDetail*>(status.detail().get());
  if (detail != nullptr) throw detail->error();
  throw errors::Internal(status.ToString());
}

SparkError CurrentError() {
  try {
    throw;
  } catch (const SparkError& error) {
    return error;
  } catch (const std::exception& error) {
    return errors::Internal(error.what());
  } catch (...) {
    return errors::Internal("An exception of an unknown type.");
  }
}

}  // namespace pyrite::exchange
