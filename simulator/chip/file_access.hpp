#pragma once

#include <tl/expected.hpp>

#include "simulator/chip/common_reasons.hpp"
#include "simulator/chip/smart_card.hpp"

/// How a command comes to an elementary file: which one it means, and whether it may.
namespace tongka::simulator {

struct BinaryTarget {
    FileIndex file;
    std::size_t offset;
};

/// P1 = 100xxxxx: short file id, P2 the offset; else P1 P2 is an offset in the current file (standards.md 3.1).
[[nodiscard]] tl::expected<BinaryTarget, Reply> binary_target(SmartCard& card, const core::Command& command);

/// P2 bits 8 to 4: short file id (00000: the current file).
[[nodiscard]] tl::expected<FileIndex, Reply> record_file(SmartCard& card, const core::Command& command);

/// Which record of `file` P1 and P2 bits 3 to 1 mean (ISO/IEC 7816-4, READ RECORD): 100 the one with number P1 (00: the
/// current one); 000 first, 001 last, 010 next, 011 previous one whose first byte is P1 (00: any). 0 for none.
[[nodiscard]] tl::expected<unsigned, Reply> record_number(SmartCard& card, const core::Command& command,
                                                          FileIndex file);

enum class Access { reading, writing };

/// Lets a command at a file: its access right (6982), then its secure messaging. Gives the data field in clear.
[[nodiscard]] tl::expected<core::Bytes, Reply> enter_file(SmartCard& card, const core::Command& command, FileIndex file,
                                                          Access access);

/// How many bytes of content an answer of 256 has room for, with what the protection adds to it.
[[nodiscard]] std::size_t most_content(const SmartCard& card, const core::Command& command, const File& file);

/// Sends `content` off as the answer of a reading command, under the protection that the command came with. Le other
/// than 00 must be the length of what is sent.
[[nodiscard]] Reply answer_content(SmartCard& card, const core::Command& command, FileIndex file,
                                   core::BytesView content, core::Bytes& answer);

/// What these can refuse with, secure messaging apart.
#define TONGKA_FILE_ACCESS_REASONS                                                                                     \
    &common::no_such_file, &common::no_current_file, &common::wrong_file_type, &common::no_right,                      \
        &common::wrong_parameters, &common::wrong_lc, &common::wrong_le

} // namespace tongka::simulator
