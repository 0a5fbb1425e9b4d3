#include "connect/thread.h"

#include <pthread.h>

#include <memory>

#include "base/errors.h"

namespace pyrite::connect {
namespace {

constexpr size_t kStackBytes = 256 << 20;

void* Main(void* argument) {
  std::unique_ptr<std::function<void()>> work(static_cast<std::function<void()>*>(argument));
  (*work)();
  return nullptr;
}

}  // namespace

void StartThread(std::function<void()> work) {
  auto argument = std::make_unique<std::function<void()>>(std::move(work));
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  int failed = pthread_create(&thread, &attributes, Main, argument.get());
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw errors::Internal("No thread could be started.");
  argument.release();
}

}  // namespace pyrite::connect
