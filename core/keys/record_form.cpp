#include "core/keys/record_form.hpp"

#include <fmt/format.h>

namespace tongka::core {

void RecordWriter::write_number(std::uint64_t value, std::size_t width) {
    write_bytes(big_endian(value, width));
}

void RecordWriter::write_bytes(BytesView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void RecordWriter::write_text(std::string_view text) {
    write_number(text.size(), 1);
    bytes_.insert(bytes_.end(), text.begin(), text.end());
}

void RecordWriter::write(const KeyOwner& owner) {
    write_text(to_text(owner));
}

void RecordWriter::write(const KeyName& name) {
    write_text(to_text(name));
}

void RecordWriter::write(const KeyRecord& record) {
    write(record.name);
    write_number(static_cast<Byte>(record.algorithm), 1);
    write_number(static_cast<Byte>(record.state), 1);
    write_bytes(record.check_value);
    write_text(record.made);
}

Error RecordReader::broken(std::string_view what) const {
    return {fmt::format("byte {} of the content: {}", position_, what)};
}

Result<BytesView> RecordReader::read_bytes(std::size_t count) {
    if (bytes_.size() - position_ < count)
        return fail(broken("the content ends here"));
    const auto view = bytes_.subspan(position_, count);
    position_ += count;
    return view;
}

Result<std::uint64_t> RecordReader::read_number(std::size_t width) {
    TONGKA_TRY(const auto bytes, read_bytes(width));
    return read_big_endian(bytes);
}

Result<std::string> RecordReader::read_text() {
    TONGKA_TRY(const auto size, read_number(1));
    TONGKA_TRY(const auto bytes, read_bytes(size));
    return std::string(bytes.begin(), bytes.end());
}

Result<KeyOwner> RecordReader::read_owner() {
    TONGKA_TRY(const auto text, read_text());
    auto owner = parse_key_owner(text);
    if (!owner)
        return fail(broken("no owner of keys"));
    return owner;
}

Result<KeyName> RecordReader::read_name() {
    TONGKA_TRY(const auto text, read_text());
    auto name = parse_key_name(text);
    if (!name || to_text(*name) != text)
        return fail(broken("no name of a key"));
    return name;
}

Result<Algorithm> RecordReader::read_algorithm() {
    TONGKA_TRY(const auto number, read_number(1));
    const auto algorithm = algorithm_of(static_cast<Byte>(number));
    if (!algorithm)
        return fail(broken("no algorithm"));
    return *algorithm;
}

Result<CheckValue> RecordReader::read_check_value() {
    CheckValue value;
    TONGKA_TRY(const auto bytes, read_bytes(value.size()));
    std::ranges::copy(bytes, value.begin());
    return value;
}

Result<KeyRecord> RecordReader::read_record() {
    KeyRecord record;
    TONGKA_TRY(record.name, read_name());
    TONGKA_TRY(record.algorithm, read_algorithm());
    TONGKA_TRY(const auto state, read_number(1));
    if (state > static_cast<Byte>(KeyState::destroyed))
        return fail(broken("no state of a key"));
    record.state = static_cast<KeyState>(state);
    TONGKA_TRY(record.check_value, read_check_value());
    TONGKA_TRY(record.made, read_text());
    if (record.made.size() != 10)
        return fail(broken("no date"));
    return record;
}

Result<Key> RecordReader::read_key(Algorithm algorithm) {
    TONGKA_TRY(const auto bytes, read_bytes(key_size(algorithm)));
    return Key::create(algorithm, bytes);
}

Result<void> RecordReader::finish() const {
    if (position_ != bytes_.size())
        return fail(broken("the content should end here"));
    return {};
}

} // namespace tongka::core
