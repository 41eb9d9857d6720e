#pragma once

#include <optional>

#include "simulator/chip/files.hpp"

/// Records of linear fixed, linear variable (TLV) and cyclic files. Record 1 of a cyclic file is the newest, of the
/// others the first. A record exists once it was written.
namespace tongka::simulator {

/// Bytes that the body of such a file takes.
[[nodiscard]] std::uint32_t body_size(const File& file);

/// Record `number`, from 1; of a TLV file with its tag and length.
[[nodiscard]] std::optional<core::BytesView> record(const Files& files, FileIndex index, unsigned number);
[[nodiscard]] unsigned record_count(const Files& files, FileIndex index);

/// The number of the first record behind `from` (0: from the start) whose first byte is `id`; going back, of the last
/// one before `from` (0: from the end). Of a TLV file this is the tag.
[[nodiscard]] unsigned record_with_id(const Files& files, FileIndex index, core::Byte id, unsigned from, bool back);

enum class RecordWrite { written, wrong_length, no_record, no_space };

/// Writes over record `number`.
[[nodiscard]] RecordWrite update_record(Transaction& transaction, const Files& files, FileIndex index, unsigned number,
                                        core::BytesView record);

/// Adds a record: behind the last one, or as the newest of a cyclic file, whose oldest goes once `keep` (0: all that
/// there is room for) stand there.
[[nodiscard]] RecordWrite append_record(Transaction& transaction, const Files& files, FileIndex index,
                                        core::BytesView record, unsigned keep = 0);

/// Writes over the first record of a TLV file with the tag of `record`, or adds it.
[[nodiscard]] RecordWrite put_record(Transaction& transaction, const Files& files, FileIndex index,
                                     core::BytesView record);

} // namespace tongka::simulator
