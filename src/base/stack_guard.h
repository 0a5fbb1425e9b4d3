// Recursion over what a user wrote checks here that the thread's stack still has room, so that a
// plan that is too deep ends in an error and not in a crash.
#pragma once

namespace pyrite {

// Raises FAILED_TO_PARSE_TOO_COMPLEX when less than 128 KB of this thread's stack are left.
void CheckStack();

}  // namespace pyrite
