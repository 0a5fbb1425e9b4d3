// Destruction of trees of any depth: a + a + ... of 100,000 terms is 100,000 nodes deep, and one
// destructor inside another for each would overflow the stack.
#pragma once

#include <utility>
#include <vector>

namespace pyrite::spec {

// A tree node as its shared_ptr owns it. Its children die with it, as ever, down to a depth; from
// there on they are put aside and die in a loop.
template <typename T>
struct Owned final : T {
  explicit Owned(T tree) : T(std::move(tree)) {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    constexpr int kMaxDepth = 200;
    static thread_local int depth = 0;
    static thread_local std::vector<decltype(T::node)> put_aside;
    if (depth >= kMaxDepth) {
      put_aside.push_back(std::move(this->node));
      return;
    }
    ++depth;
    { auto dying = std::move(this->node); }
    if (depth == 1) {
      while (!put_aside.empty()) {
        auto dying = std::move(put_aside.back());
        put_aside.pop_back();
      }
    }
    --depth;
  }
};

}  // namespace pyrite::spec
