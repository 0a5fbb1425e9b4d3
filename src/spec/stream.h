// How streams stand in the unresolved plan: sources and hints under these names, which neither a
// program nor a text can give.
#pragma once

namespace pyrite::spec {

// Before the format of a DataSource: spark.readStream.
inline constexpr char kStreamPrefix[] = "stream:";
// The format of a DataSource whose path is a table's name: spark.readStream.table.
inline constexpr char kStreamTable[] = "stream table";
// A Hint with two texts, the column and the delay: withWatermark.
inline constexpr char kWatermark[] = "with watermark";

}  // namespace pyrite::spec
