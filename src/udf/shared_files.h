// Folders of files that functions import, which other nodes that run these functions may copy. They
// are of the process: a node knows a folder by its path alone.
#pragma once

#include <filesystem>
#include <string>

#include "plan/python_function.h"

namespace pyrite::udf {

// A file of such a folder, with the folders above it. Raises PYTHON_WORKER.PYRITE.
void WriteFunctionFile(const std::filesystem::path& path, const std::string& bytes);

// Thread-safe. For as long as anybody else holds them.
void ShareFiles(const plan::PythonFilesPtr& files);

// The files of that folder; null: it is not shared, or no longer.
plan::PythonFilesPtr SharedFiles(const std::string& folder);

}  // namespace pyrite::udf
