// Uploads: whole ones in batches, large ones in chunks. A broken checksum drops the artifact and
// tells the client, which may try again.
#include "base/errors.h"
#include "connect/crc32.h"
#include "connect/error_status.h"
#include "connect/service.h"
#include "connect/wire.h"

namespace pyrite::connect {
namespace {

[[noreturn]] void RaiseInvalid(const std::string& what) {
  throw SparkError("CONNECT_INVALID_PLAN.PYRITE", {{"message", what}});
}

bool IsSound(const proto::AddArtifactsRequest::ArtifactChunk& chunk) {
  return Crc32(chunk.data()) == static_cast<uint32_t>(chunk.crc());
}

// "../x" and "/x" would leave the session's folder.
void CheckName(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) {
    RaiseInvalid("The artifact name '" + name + "' is not a relative path.");
  }
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
    if (--chunks_left_ == 0) Add(name_, sound_, std::move(bytes_), response);
  }

  void Add(const std::string& name, bool sound, std::string bytes,
           proto::AddArtifactsResponse* response) {
    CheckName(name);
    if (sound) session_.AddArtifact(name, std::make_shared<const std::string>(std::move(bytes)));
    auto* summary = response->add_artifacts();
    summary->set_name(name);
    summary->set_is_crc_successful(sound);
  }

  session::Session& session_;
  std::string name_;
  std::string bytes_;
  int64_t chunks_left_ = 0;
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
    (*response.mutable_statuses())[name].set_exists(holder.session().HasArtifact(name));
  }
  return response;
}

}  // namespace pyrite::connect
