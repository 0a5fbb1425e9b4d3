// What every server of Pyrite asks before it lets anybody in.
#pragma once

#include <string>
#include <string_view>

namespace pyrite {

// Whether only this machine can call an address at `host`.
bool IsLoopback(std::string_view host);

// Takes the same time wherever the two differ.
bool IsSameSecret(std::string_view left, std::string_view right);

// The text of a PEM file. Raises SERVER_FILE.PYRITE.
std::string ReadCredentialFile(const std::string& path);

}  // namespace pyrite
