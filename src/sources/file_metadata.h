// The hidden column `_metadata` of every file source: where a row was read from.
#pragma once

#include <string>

#include "plan/relation.h"

namespace pyrite::sources {

inline constexpr char kMetadataColumn[] = "_metadata";

// A struct. Its last field is row_index, for formats whose rows are numbered.
DataType MetadataType(const std::string& format);

// Whether it is among the scan's columns, behind those of the files and the partitions.
bool ShowsMetadata(const plan::Relation& scan);

// The fields that are the same in all rows of a file, in the type's order: without row_index.
// Pyrite reads a file as one block.
Values MetadataOf(const plan::ScanFile& file);

}  // namespace pyrite::sources
