// Threads for work on plans: their stacks are deep enough for conversion and analysis of plans
// nested thousands deep. Only touched pages of a stack cost memory.
#pragma once

#include <functional>

namespace pyrite::connect {

// Runs `work` on a thread of its own, detached.
void StartThread(std::function<void()> work);

}  // namespace pyrite::connect
