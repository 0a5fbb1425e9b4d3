// The formats of lines (text) and of whole files (binaryFile).
#pragma once

#include "sources/source.h"
#include "sources/text/line_reader.h"

namespace pyrite::sources {

plan::RelationPtr ResolveText(const ReadRequest& request, const Configuration& configuration);
plan::RelationPtr ResolveBinaryFile(const ReadRequest& request, const Configuration& configuration);

// The options of text, from settled ones.
struct LinesOptions {
  LineFormat lines;
  bool whole_text = false;
  static LinesOptions Read(const plan::Options& options);
};

}  // namespace pyrite::sources
