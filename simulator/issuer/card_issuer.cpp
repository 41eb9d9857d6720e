#include "simulator/issuer/card_issuer.hpp"

#include <fmt/format.h>

#include "core/hex.hpp"
#include "simulator/issuer/card_keys.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;
using core::BytesView;
using core::FileKind;
using core::FileProfile;

constexpr Byte closed_right = 0xAA; // asks for the state that the master control key leads to
constexpr std::uint16_t master_id = 0x3F00;
constexpr std::size_t most_at_once = 200; // of content, so that a command has room for MAC and padding
constexpr std::uint32_t space_for_more_keys = 72;

class Issuer {
public:
    Issuer(const Transmit& transmit, const core::Profile& profile)
        : send_(transmit, profile.rules, "card"), profile_(profile.card) {}

    core::Result<void> issue();

private:
    core::Result<void> create(std::uint16_t id, BytesView description);
    core::Result<void> create_keys(Directory directory);
    core::Result<void> create_purses();
    core::Result<void> fill(const FileProfile& file);
    core::Result<void> write(const FileProfile& file, Byte ins, Byte p1, Byte p2, BytesView content);

    Sender send_;
    const core::CardProfile& profile_;
};

Byte kind_byte(const FileProfile& file) {
    constexpr Byte types[] = {0x38, 0x28, 0x2A, 0x2C, 0x2E};
    constexpr Byte protection[] = {0x00, 0x80, 0xC0};
    return types[static_cast<std::size_t>(file.kind)] | protection[static_cast<std::size_t>(file.protection)];
}

/// Which keys protect the lines (standards.md 3.1): bit 8 frees reading, bits 5, 4 and 2, 1 are 3 - key id.
Byte key_selector(const FileProfile& file) {
    if (file.protection == core::Protection::none)
        return 0xFF;
    return static_cast<Byte>((file.protected_read ? 0x00 : 0x80) | (3 - file.read_key) << 3 | (3 - file.write_key));
}

Bytes description(const FileProfile& file) {
    if (file.kind == FileKind::directory)
        return core::concatenate({Bytes{kind_byte(file), 0xFF, 0xFF, file.read, file.write,
                                        static_cast<Byte>(0x80 | file.shows), 0xFF, 0xFF},
                                  file.name});
    const bool counted = file.kind == FileKind::cyclic || file.kind == FileKind::linear_fixed;
    const std::uint16_t size = counted ? static_cast<std::uint16_t>(file.records << 8 | file.record_size) : file.size;
    return {kind_byte(file),   static_cast<Byte>(size >> 8), static_cast<Byte>(size), file.read, file.write, 0xFF,
            key_selector(file)};
}

core::Result<void> Issuer::create(std::uint16_t id, BytesView data) {
    return send_.command(0x80, 0xE0, static_cast<Byte>(id >> 8), static_cast<Byte>(id), data);
}

core::Result<void> Issuer::create_keys(Directory directory) {
    const auto keys = keys_of(profile_, directory);
    std::uint32_t size = space_for_more_keys;
    for (const WrittenKey& key : keys)
        size += static_cast<std::uint32_t>(8 + key.value.size());
    const Byte of = directory == Directory::master ? 0x01 : 0x8F;
    TONGKA_CHECK(create(
        0x0000, Bytes{0x3F, static_cast<Byte>(size >> 8), static_cast<Byte>(size), of, closed_right, 0xFF, 0xFF}));
    return {};
}

core::Result<void> Issuer::create_purses() {
    // An ED is used after VERIFY (state 1), an EP by anyone; both log in 0018 (standards.md 3.5).
    if (profile_.ed)
        TONGKA_CHECK(create(0x0001, "2F0208F100FF18"_hex));
    return create(0x0002, "2F0208F000FF18"_hex);
}

core::Result<void> Issuer::write(const FileProfile& file, Byte ins, Byte p1, Byte p2, BytesView content) {
    const auto* key = maintenance_key(profile_, file.parent == master_id ? Directory::master : Directory::application,
                                      file.write_key);
    if (!key && file.protection != core::Protection::none)
        return core::fail(fmt::format("file {:04X} is protected by maintenance key {:02X}, which the profile lacks",
                                      file.id, file.write_key));
    return send_.write(0x00, ins, p1, p2, content, file.protection, key ? &key->key : nullptr);
}

core::Result<void> Issuer::fill(const FileProfile& file) {
    const auto short_id = static_cast<Byte>(file.id & 0x1F);
    auto contents = file.content;
    if (file.kind == FileKind::cyclic) // record 1, the newest, comes last
        std::ranges::reverse(contents);
    for (Bytes content : contents) {
        if (content.empty())
            continue;
        if (file.kind == FileKind::linear_fixed || file.kind == FileKind::cyclic)
            content.resize(file.record_size); // what is left of a record is 00
        if (file.kind == FileKind::transparent) {
            TONGKA_CHECK(send_.select(file.id));
            for (std::size_t at = 0; at < content.size(); at += most_at_once) {
                const auto piece = BytesView(content).subspan(at, std::min(most_at_once, content.size() - at));
                TONGKA_CHECK(write(file, 0xD6, static_cast<Byte>(at >> 8), static_cast<Byte>(at), piece));
            }
        } else {
            TONGKA_CHECK(write(file, 0xE2, 0x00, static_cast<Byte>(short_id << 3), content));
        }
    }
    return {};
}

core::Result<void> Issuer::issue() {
    const auto is_directory = [](const FileProfile& file) { return file.kind == FileKind::directory; };
    const auto directory_file = std::ranges::find_if(
        profile_.files, [](const FileProfile& file) { return file.parent == master_id && file.id == 0x0001; });
    const Byte shows = directory_file == profile_.files.end() ? 0x00 : 0x01;
    TONGKA_CHECK(create(
        master_id,
        core::concatenate({Bytes{0x38, 0xFF, 0xFF, closed_right, closed_right, shows, 0xFF, 0xFF}, "FFFFFFFFFF"_hex})));
    bool first = true;
    // The MF, then each directory: its key file, files, contents, and its keys with the master control key last.
    const auto furnish = [&](std::uint16_t id, bool with_keys, Directory directory) -> core::Result<void> {
        if (with_keys) {
            TONGKA_CHECK(create_keys(directory));
            for (const WrittenKey& key : keys_of(profile_, directory))
                if (!key.closes)
                    TONGKA_CHECK(send_.command(0x80, 0xD4, 0x01, key.id, core::concatenate({key.header, key.value})));
            if (directory == Directory::application)
                TONGKA_CHECK(create_purses());
        }
        for (const FileProfile& file : profile_.files)
            if (file.parent == id) {
                TONGKA_CHECK(create(file.id, description(file)));
                TONGKA_CHECK(fill(file));
            }
        return {};
    };
    const auto close = [&](Directory directory) -> core::Result<void> {
        for (const WrittenKey& key : keys_of(profile_, directory))
            if (key.closes)
                TONGKA_CHECK(send_.command(0x80, 0xD4, 0x01, key.id, core::concatenate({key.header, key.value})));
        return {};
    };
    TONGKA_CHECK(furnish(master_id, true, Directory::master));
    for (const FileProfile& file : profile_.files) {
        if (!is_directory(file))
            continue;
        TONGKA_CHECK(send_.select(file.name));
        TONGKA_CHECK(furnish(file.id, first, Directory::application));
        if (first)
            TONGKA_CHECK(close(Directory::application));
        first = false;
    }
    TONGKA_CHECK(send_.select(master_id));
    return close(Directory::master);
}

} // namespace

core::Result<void> issue_card(const Transmit& transmit, const core::Profile& profile) {
    return Issuer(transmit, profile).issue();
}

core::Result<std::unique_ptr<Card>> make_card(const core::Profile& profile, std::unique_ptr<core::Random> random,
                                              Deviations deviations, Issue issue) {
    auto card = std::make_unique<Card>(profile, std::move(random), deviations);
    if (issue == Issue::blank) {
        card->script_random(profile.card.random);
        return card;
    }
    (void)card->power_on();
    TONGKA_CHECK(issue_card(
        [&](BytesView command) -> core::Result<Bytes> { return core::to_bytes(card->exchange(command)); }, profile));
    card->preset(profile.card);
    card->power_off();
    return card;
}

core::Result<void> keep_state(SmartCard& device, std::string_view kind, const core::Profile& profile,
                              const std::filesystem::path& file) {
    const auto identity = fmt::format("{} {} {}", kind, profile.name, core::to_hex(profile.digest));
    TONGKA_TRY(auto state, StateFile::open(file, identity));
    return device.keep_in(std::move(state));
}

} // namespace tongka::simulator
