#include "base/thread.h"

#include <memory>

#include "base/errors.h"

namespace pyrite {
namespace {

constexpr size_t kStackBytes = 256 << 20;

void* Main(void* argument) {
  std::unique_ptr<std::function<void()>> work(static_cast<std::function<void()>*>(argument));
  (*work)();
  return nullptr;
}

pthread_t Create(std::function<void()> work, int detach_state) {
  auto argument = std::make_unique<std::function<void()>>(std::move(work));
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_attr_setdetachstate(&attributes, detach_state);
  pthread_t thread;
  int failed = pthread_create(&thread, &attributes, Main, argument.get());
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw errors::Internal("No thread could be started.");
  argument.release();
  return thread;
}

}  // namespace

void StartThread(std::function<void()> work) { Create(std::move(work), PTHREAD_CREATE_DETACHED); }

Thread::Thread(std::function<void()> work)
    : thread_(Create(std::move(work), PTHREAD_CREATE_JOINABLE)) {}

}  // namespace pyrite
