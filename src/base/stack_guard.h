// Recursion over what a user wrote checks here that the thread's stack still has room, so that a
// plan that is too deep ends in an error and not in a crash.
#pragma once

namespace pyrite {

// Whether less than 256 KB of this thread's stack are left.
bool StackIsLow();

// Raises FAILED_TO_PARSE_TOO_COMPLEX when the stack is low.
void CheckStack();

}  // namespace pyrite
