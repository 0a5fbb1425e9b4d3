// Files of a session for its Python functions: addArtifacts("x.py", pyfile=True).
#pragma once

#include <map>
#include <string>

#include "plan/python_function.h"

namespace pyrite::session {

using Artifacts = std::map<std::string, std::shared_ptr<const std::string>>;

// Whether functions of the session can see the artifact.
bool IsForPython(const std::string& artifact);
// Writes them; nullptr when there are none. Raises when they cannot be written.
plan::PythonFilesPtr WritePythonFiles(const Artifacts& artifacts);

}  // namespace pyrite::session
