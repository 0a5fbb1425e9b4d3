// Uploads: whole ones in batches, large ones in chunks. A broken checksum drops the artifact and
// tells the client, which may try again.
#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/errors.h"
#include "connect/crc32.h"
#include "connect/error_status.h"
#include "connect/service.h"
#include "connect/wire.h"

namespace pyrite::connect {
namespace {

constexpr char kCached[] = "cache/";

[[noreturn]] void RaiseInvalid(const std::string& what) {
  throw SparkError("CONNECT_INVALID_PLAN.PYRITE", {{"message", what}});
}

bool IsSound(const proto::AddArtifactsRequest::ArtifactChunk& chunk) {
  return Crc32(chunk.data()) == static_cast<uint32_t>(chunk.crc());
}

// The name without detours. "../x" and "/x" would leave the session's folder.
std::string Normalized(const std::string& name) {
  std::filesystem::path path = std::filesystem::path(name).lexically_normal();
  if (name.empty() || path.is_absolute() || *path.begin() == "..") {
    throw SparkError("INVALID_ARTIFACT_PATH", {{"name", name}});
  }
  return path.string();
}

void CheckKind(const std::string& name) {
  static constexpr const char* kPython[] = {".py", ".zip", ".egg", ".jar"};
  if (name.starts_with("forward_to_fs")) throw errors::UnsupportedFeature("copyFromLocalToFs");
  if (!name.starts_with("pyfiles/")) return;
  bool python = std::any_of(std::begin(kPython), std::end(kPython),
                            [&](const char* ending) { return name.ends_with(ending); });
  if (!python) RaiseInvalid("The artifact '" + name + "' is no Python file.");
}

// One stream of uploads.
class Upload {
 public:
  explicit Upload(session::Session& session) : session_(session) {}

  void Take(const proto::AddArtifactsRequest& request, proto::AddArtifactsResponse* response) {
    switch (request.payload_case()) {
      case proto::AddArtifactsRequest::kBatch:
        for (const auto& artifact : request.batch().artifacts()) {
          Add(artifact.name(), IsSound(artifact.data()), artifact.data().data(), response);
        }
        return;
      case proto::AddArtifactsRequest::kBeginChunk:
        if (chunks_left_ != 0) RaiseInvalid("An artifact begins before the last one is complete.");
        name_ = request.begin_chunk().name();
        chunks_left_ = request.begin_chunk().num_chunks();
        total_bytes_ = request.begin_chunk().total_bytes();
        sound_ = true;
        bytes_.clear();
        if (chunks_left_ < 1) RaiseInvalid("An artifact has no chunks.");
        return TakeChunk(request.begin_chunk().initial_chunk(), response);
      case proto::AddArtifactsRequest::kChunk:
        if (chunks_left_ == 0) RaiseInvalid("A chunk belongs to no artifact.");
        return TakeChunk(request.chunk(), response);
      case proto::AddArtifactsRequest::PAYLOAD_NOT_SET: break;
    }
    RaiseInvalid("An upload has no payload.");
  }

  bool complete() const { return chunks_left_ == 0; }

 private:
  void TakeChunk(const proto::AddArtifactsRequest::ArtifactChunk& chunk,
                 proto::AddArtifactsResponse* response) {
    sound_ = sound_ && IsSound(chunk);
    bytes_ += chunk.data();
    if (--chunks_left_ > 0) return;
    if (static_cast<int64_t>(bytes_.size()) != total_bytes_) {
      RaiseInvalid("The artifact '" + name_ + "' has another size than was said.");
    }
    Add(name_, sound_, std::move(bytes_), response);
  }

  void Add(const std::string& name, bool sound, std::string bytes,
           proto::AddArtifactsResponse* response) {
    std::string path = Normalized(name);
    CheckKind(path);
    if (sound) Keep(path, std::move(bytes));
    auto* summary = response->add_artifacts();
    summary->set_name(name);
    summary->set_is_crc_successful(sound);
  }

  // What is cached is named by its contents; other names are given once.
  void Keep(const std::string& path, std::string bytes) {
    auto kept = path.starts_with(kCached) ? nullptr : session_.FindArtifact(path);
    if (kept != nullptr && *kept != bytes) {
      throw SparkError("ARTIFACT_ALREADY_EXISTS", {{"normalizedRemoteRelativePath", path}});
    }
    session_.AddArtifact(path, std::make_shared<const std::string>(std::move(bytes)));
  }

  session::Session& session_;
  std::string name_;
  std::string bytes_;
  int64_t chunks_left_ = 0;
  int64_t total_bytes_ = 0;
  bool sound_ = true;
};

}  // namespace

void Service::AddArtifacts(Call& call) {
  std::shared_ptr<SessionHolder> holder;
  try {
    proto::AddArtifactsResponse response;
    std::optional<Upload> upload;
    grpc::ByteBuffer bytes;
    while (call.Read(&bytes)) {
      proto::AddArtifactsRequest request;
      if (!Parse(&bytes, &request)) RaiseInvalid("An upload cannot be read.");
      if (!upload) {
        holder = sessions_.Get(request.user_context().user_id(), request.session_id(),
                               request.client_observed_server_side_session_id());
        upload.emplace(holder->session());
        response.set_session_id(request.session_id());
        response.set_server_side_session_id(holder->server_side_id());
      }
      upload->Take(request, &response);
      bytes.Clear();
    }
    if (upload && !upload->complete()) RaiseInvalid("An artifact is not complete.");
    call.WriteAndFinish(ToBytes(response));
  } catch (...) {
    SparkError error = CurrentError();
    call.Finish(ToStatus(error, holder == nullptr ? "" : holder->KeepError(error)));
  }
}

proto::ArtifactStatusesResponse Service::ArtifactStatus(
    SessionHolder& holder, const proto::ArtifactStatusesRequest& request) {
  proto::ArtifactStatusesResponse response;
  for (const std::string& name : request.names()) {
    // Spark knows of those only that are cached.
    bool exists = name.starts_with(kCached) && holder.session().FindArtifact(name) != nullptr;
    (*response.mutable_statuses())[name].set_exists(exists);
  }
  return response;
}

}  // namespace pyrite::connect
