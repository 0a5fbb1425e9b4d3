#include "streaming/source.h"

#include "plan/stream_scan.h"

namespace pyrite::streaming {

std::unique_ptr<Source> MakeSource(const plan::RelationPtr& scan, const std::string& log_folder,
                                   const Configuration& configuration) {
  const plan::FileScan& stream = *plan::AsStreamScan(*scan);
  if (plan::StreamFormat(stream).starts_with("rate")) return MakeRateSource(stream, log_folder);
  return MakeFileSource(scan, log_folder, configuration);
}

}  // namespace pyrite::streaming
