#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/dictionary/commands.hpp"
#include "core/dictionary/files.hpp"

namespace tongka::core::dictionary {

/// What is known about an exchange beside its bytes; each thing known makes the decoding better.
struct Context {
    Language language = Language::en;
    std::optional<Device> device;        ///< which device answered
    std::optional<FileId> selected_file; ///< the elementary file that commands without a short file identifier go to
};

/// One field found in an exchange. Fields that stand inside the one before them have a greater depth.
struct DecodedField {
    std::size_t offset = 0; ///< in the whole command (P1 is at 2) or the whole response
    std::size_t size = 0;
    int depth = 0;
    Text name;
    Kind kind = Kind::data;
    std::string text; ///< the bytes in words (render.hpp); never a secret
};

struct Decoded {
    const CommandForm* form = nullptr; ///< null for an unknown command
    Text name;                         ///< of the command
    std::vector<DecodedField> request;
    std::vector<DecodedField> response;
    std::string status; ///< the status word in words; empty for a lost answer
};

/// Puts a command and its answer in words. Takes any bytes at all, and an empty response for a lost one: what does not
/// fit its layout is shown as one field of raw data.
[[nodiscard]] Decoded decode(BytesView command, BytesView response, const Context& context = {});

/// The fields of a file's content (or a record's) read from `offset` on; empty for a file without a layout.
[[nodiscard]] std::vector<DecodedField> decode_file(FileId file, FileForm form, BytesView content,
                                                    std::size_t offset = 0, const Context& context = {});

/// The data objects of a file control information or a directory entry, those inside each other by depth; one raw field
/// where it is no BER-TLV.
[[nodiscard]] std::vector<DecodedField> decode_fci(BytesView bytes, const Context& context = {});

} // namespace tongka::core::dictionary
