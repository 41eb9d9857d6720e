#pragma once

#include "core/keys/key_record.hpp"
#include "core/keys/secret.hpp"

namespace tongka::core {

/// Writes records and keys in the form that files and tokens hold (docs/keys.md). All that it holds is wiped.
class RecordWriter {
public:
    void write_number(std::uint64_t value, std::size_t width);
    void write_bytes(BytesView bytes);
    /// At most 255 bytes, their number in front.
    void write_text(std::string_view text);
    void write(const KeyOwner& owner);
    void write(const KeyName& name);
    void write(const KeyRecord& record);
    [[nodiscard]] SecretBytes take() && { return std::move(bytes_); }

private:
    SecretBytes bytes_;
};

/// Reads it back, strictly; an Error tells the byte (from 0) at which the form is broken, and shows none.
class RecordReader {
public:
    explicit RecordReader(BytesView bytes) : bytes_(bytes) {}

    /// A view into the bytes that are read.
    [[nodiscard]] Result<BytesView> read_bytes(std::size_t count);
    [[nodiscard]] Result<std::uint64_t> read_number(std::size_t width);
    [[nodiscard]] Result<std::string> read_text();
    [[nodiscard]] Result<KeyOwner> read_owner();
    [[nodiscard]] Result<KeyName> read_name();
    [[nodiscard]] Result<Algorithm> read_algorithm();
    [[nodiscard]] Result<CheckValue> read_check_value();
    [[nodiscard]] Result<KeyRecord> read_record();
    [[nodiscard]] Result<Key> read_key(Algorithm algorithm);
    /// An Error where bytes are left over.
    [[nodiscard]] Result<void> finish() const;

private:
    [[nodiscard]] Error broken(std::string_view what) const;

    BytesView bytes_;
    std::size_t position_ = 0;
};

} // namespace tongka::core
