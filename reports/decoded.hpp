#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/words.hpp"

namespace tongka::reports {

/// Some bytes of a command or of an answer. A field of a greater depth stands inside the one before it.
struct DecodedField {
    std::size_t offset = 0;
    std::size_t size = 0;
    int depth = 0;
    Words name;
    Words meaning; ///< what the bytes say to a person; empty where that is no more than their digits
};

/// A command and its answer as the dictionary reads them.
struct Decoded {
    Words command;                      ///< its name
    std::vector<DecodedField> sent;     ///< those of depth 0 cover the whole command
    std::vector<DecodedField> received; ///< those of depth 0 cover the answer without its status word
    Words status;                       ///< the status word in words; empty for a lost answer
};

/// Reads hex as the record has it: `**` stands for a byte that was kept out of it, whose meaning is not told either.
/// `device` is the role the record names, such as `psam`. Takes any text: what is not hex has
/// a name and no fields.
[[nodiscard]] Decoded decode_exchange(std::string_view device, std::string_view command, std::string_view response);

} // namespace tongka::reports
