#include "base/stack_guard.h"

#include <pthread.h>

#include <cstdint>

#include "base/error.h"

namespace pyrite {
namespace {

// Room for what is called from where the check stands.
constexpr uintptr_t kReserve = 256 << 10;

// The lowest address that this thread's recursion may reach.
uintptr_t StackFloor() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  void* low = nullptr;
  size_t size = 0;
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<uintptr_t>(low) + kReserve;
}

}  // namespace

bool StackIsLow() {
  thread_local uintptr_t floor = StackFloor();
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < floor;
}

void CheckStack() {
  if (StackIsLow()) throw SparkError("FAILED_TO_PARSE_TOO_COMPLEX", {});
}

}  // namespace pyrite
