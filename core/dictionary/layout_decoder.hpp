#pragma once

#include "core/dictionary/decode.hpp"

namespace tongka::core::dictionary {

/// Collects the fields of one side of an exchange; `bytes` are the whole command or response, offsets go into them.
class LayoutDecoder {
public:
    LayoutDecoder(BytesView bytes, const Context& context) : bytes_(bytes), context_(context) {}

    /// Which file a field of Kind::file_content holds, and from where on.
    void set_file(std::optional<FileId> file, FileForm form, std::size_t file_offset) {
        file_ = file;
        form_ = form;
        file_offset_ = file_offset;
    }

    /// Lays `layout` over bytes [offset, offset + size); where the lengths do not fit, adds one raw field.
    void lay_out(Layout layout, std::size_t offset, std::size_t size, int depth = 0);

    /// As lay_out for a file's layout that may begin before the bytes and end after them.
    void lay_out_file(std::size_t offset, std::size_t size, int depth);

    void lay_out_tlv(std::size_t offset, std::size_t size, int depth);

    void add(const Text& name, Kind kind, std::size_t offset, std::size_t size, int depth = 0);

    [[nodiscard]] std::vector<DecodedField> take() { return std::move(fields_); }

private:
    void add_part(const Field& field, std::size_t offset, std::size_t size, int depth);

    BytesView bytes_;
    const Context& context_;
    std::optional<FileId> file_;
    FileForm form_ = FileForm::binary;
    std::size_t file_offset_ = 0;
    std::vector<DecodedField> fields_;
};

} // namespace tongka::core::dictionary
