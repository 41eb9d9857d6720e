#include "core/profile/files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/profile/content.hpp"
#include "core/profile/fields.hpp"

namespace tongka::core {
namespace {

using document::Mapping;
using document::Node;

constexpr std::uint16_t master_file = 0x3F00;

constexpr Word<FileKind> kinds[] = {{"directory", FileKind::directory},
                                    {"transparent", FileKind::transparent},
                                    {"linear-fixed", FileKind::linear_fixed},
                                    {"linear-variable", FileKind::linear_variable},
                                    {"cyclic", FileKind::cyclic}};
constexpr Word<Protection> protections[] = {
    {"none", Protection::none}, {"mac", Protection::mac}, {"cipher", Protection::cipher}};
constexpr Word<bool> no_yes[] = {{"no", false}, {"yes", true}};

using Files = std::vector<FileProfile>;

const FileProfile* find_directory(const Files& files, std::uint16_t id) {
    const auto found = std::ranges::find_if(
        files, [&](const FileProfile& file) { return file.kind == FileKind::directory && file.id == id; });
    return found == files.end() ? nullptr : &*found;
}

Result<std::uint16_t> read_id(const Node& node, std::string_view key) {
    TONGKA_TRY(auto bytes, read_bytes(node, key, 2, 2));
    return static_cast<std::uint16_t>(read_big_endian(bytes));
}

/// One byte of hex; `otherwise` where the key is absent.
Result<Byte> read_byte(Mapping& fields, std::string_view key, Byte otherwise, Byte largest = 0xFF) {
    const Node* node = fields.optional(key);
    if (!node)
        return otherwise;
    TONGKA_TRY(auto bytes, read_bytes(*node, key, 1, 1));
    if (bytes[0] > largest)
        return fail(node->error(fmt::format("{} is at most {:02X}, not {:02X}", key, largest, bytes[0])));
    return bytes[0];
}

/// A decimal number from `smallest` to `largest`.
Result<std::uint16_t> read_size(Mapping& fields, std::string_view key, std::uint16_t smallest, std::uint16_t largest) {
    TONGKA_TRY(const Node* node, fields.required(key));
    TONGKA_TRY(auto size, read_number(fields, key, largest));
    if (size < smallest)
        return fail(node->error(fmt::format("{} must be at least {}", key, smallest)));
    return static_cast<std::uint16_t>(size);
}

Result<void> read_place(Mapping& fields, const Files& before, FileProfile& file) {
    TONGKA_TRY(const Node* id, fields.required("id"));
    TONGKA_TRY(file.id, read_id(*id, "id"));
    if (const Node* parent = fields.optional("in")) {
        TONGKA_TRY(file.parent, read_id(*parent, "in"));
        if (file.parent != master_file && !find_directory(before, file.parent))
            return fail(parent->error(fmt::format("no directory {:04X} is listed before this file", file.parent)));
    }
    if (file.id == master_file)
        return fail(id->error("3F00 is the master file, which every card has"));
    const bool taken = std::ranges::any_of(before, [&](const FileProfile& other) {
        // Directories are told apart by their ids alone, since `in` names them by these.
        const bool directories = other.kind == FileKind::directory && file.kind == FileKind::directory;
        return other.id == file.id && (other.parent == file.parent || directories);
    });
    if (taken)
        return fail(id->error(fmt::format("another file has the id {:04X}", file.id)));
    if (file.id == 0x0000)
        return fail(id->error("0000 is the key file, which every directory has"));
    const auto application = std::ranges::find(before, FileKind::directory, &FileProfile::kind);
    if (file.id <= 0x0002 && application != before.end() && file.parent == application->id)
        return fail(id->error("0001 and 0002 are the purses in the directory of the application"));
    return {};
}

Result<void> read_directory(Mapping& fields, const Files& before, FileProfile& file) {
    if (const FileProfile* parent = find_directory(before, file.parent); parent && parent->parent != master_file)
        return fail(fields.node().error("there are three levels of directories, the master file among them"));
    TONGKA_TRY(const Node* name, fields.required("name"));
    TONGKA_TRY(file.name, read_bytes(*name, "name", 5, 16));
    TONGKA_TRY(file.shows, read_byte(fields, "shows", 0, 0x1E));
    return {};
}

Result<void> read_protection(Mapping& fields, FileProfile& file) {
    TONGKA_TRY(file.protection, read_word<Protection>(fields, "protect", protections));
    TONGKA_TRY(file.protected_read, read_word<bool>(fields, "protect-read", no_yes));
    TONGKA_TRY(file.read_key, read_byte(fields, "read-key", 0, 3));
    TONGKA_TRY(file.write_key, read_byte(fields, "write-key", 0, 3));
    return {};
}

Result<void> read_dimensions(Mapping& fields, FileProfile& file) {
    if (file.kind == FileKind::transparent || file.kind == FileKind::linear_variable) {
        TONGKA_TRY(file.size, read_size(fields, "size", 1, 0x7FFF));
        return {};
    }
    const std::uint16_t fewest = file.kind == FileKind::cyclic ? 2 : 1;
    TONGKA_TRY(auto records, read_size(fields, "records", fewest, 254));
    TONGKA_TRY(auto record_size, read_size(fields, "record-size", 1, 254));
    file.records = static_cast<Byte>(records);
    file.record_size = static_cast<Byte>(record_size);
    return {};
}

/// Whether `content` may stand after the records that `file` has already.
Result<void> check_fits(const Node& node, const FileProfile& file, const Bytes& content) {
    const auto too_long = [&](std::size_t room) {
        return fail(node.error(fmt::format("{} bytes do not fit into {}", content.size(), room)));
    };
    switch (file.kind) {
    case FileKind::linear_variable: {
        if (content.size() < 2 || content[1] != content.size() - 2)
            return fail(node.error("a record of variable length is a tag, a length and as many bytes"));
        std::size_t taken = 0;
        for (const Bytes& record : file.content)
            taken += record.size();
        return taken + content.size() > file.size ? too_long(file.size - taken) : Result<void>();
    }
    case FileKind::linear_fixed:
    case FileKind::cyclic:
        if (file.content.size() == file.records)
            return fail(node.error(fmt::format("there are {} records", file.records)));
        return content.size() > file.record_size ? too_long(file.record_size) : Result<void>();
    default:
        if (!file.content.empty())
            return fail(node.error("a transparent file has one content"));
        return content.size() > file.size ? too_long(file.size) : Result<void>();
    }
}

Result<void> read_content(Mapping& fields, const CardProfile& card, FileProfile& file) {
    const Node* node = fields.optional("content");
    if (!node)
        return {};
    const auto read_one = [&](const Node& one) -> Result<void> {
        TONGKA_TRY(auto text, one.as_text("content"));
        auto content = fill_in(text, card);
        if (!content)
            return fail(one.error(content.error().message));
        TONGKA_CHECK(check_fits(one, file, *content));
        file.content.push_back(std::move(*content));
        return {};
    };
    if (node->kind != Node::Kind::list)
        return read_one(*node);
    for (const Node& one : node->items)
        TONGKA_CHECK(read_one(one));
    return {};
}

Result<FileProfile> read_file(const Node& node, const Files& before, const CardProfile& card) {
    FileProfile file;
    TONGKA_TRY(auto fields, Mapping::of(node, "a file"));
    TONGKA_CHECK(fields.required("type"));
    TONGKA_TRY(file.kind, read_word<FileKind>(fields, "type", kinds));
    TONGKA_CHECK(read_place(fields, before, file));
    TONGKA_TRY(file.read, read_byte(fields, "read", file.read));
    TONGKA_TRY(file.write, read_byte(fields, "write", file.write));
    if (file.kind == FileKind::directory) {
        TONGKA_CHECK(read_directory(fields, before, file));
    } else {
        TONGKA_CHECK(read_protection(fields, file));
        TONGKA_CHECK(read_dimensions(fields, file));
        TONGKA_CHECK(read_content(fields, card, file));
    }
    TONGKA_CHECK(fields.finish());
    return file;
}

} // namespace

Result<std::vector<FileProfile>> read_files(const Node& node, const CardProfile& card) {
    Files files;
    TONGKA_TRY(const auto* items, node.as_list("files"));
    for (const Node& item : *items) {
        TONGKA_TRY(auto file, read_file(item, files, card));
        files.push_back(std::move(file));
    }
    if (std::ranges::find(files, FileKind::directory, &FileProfile::kind) == files.end())
        return fail(node.error("the files have no directory for the application"));
    return files;
}

} // namespace tongka::core
