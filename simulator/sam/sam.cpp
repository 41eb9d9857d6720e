#include "simulator/sam/sam.hpp"

#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

constexpr std::uint16_t terminal_file_id = 0x0016;
constexpr std::uint16_t counter_file_id = 0x0018;
constexpr std::size_t counter_size = 4;
constexpr std::array<core::Byte, 6> no_terminal{};

/// 3B 6D 00 00 and 13 historical bytes: chip maker 2, COS 2, memory 1, card maker 2, serial 6 (standards.md 2.1).
std::vector<Appearance> faces_of(const core::SamProfile& profile) {
    auto atr = core::concatenate(
        {"3B6D0000"_hex, "0081"_hex, "544B"_hex, "01"_hex, "8660"_hex, core::BytesView(profile.serial).last(6)});
    return {{Protocol::t0, std::move(atr), {}}};
}

} // namespace

Sam::Sam(const core::SamProfile& profile, const core::Rules& rules, std::unique_ptr<core::Random> random,
         Deviations deviations, core::Byte computing_right)
    : SmartCard(faces_of(profile), rules, deviations, std::move(random)), computing_right_(computing_right) {}

void Sam::preset(const core::SamProfile& profile) {
    for (FileIndex index = 0; index < files().count(); ++index) {
        const File& file = files().at(index);
        if (file.id != counter_file_id || file.type != FileType::transparent)
            continue;
        Transaction transaction(memory());
        transaction.write_number(file.body, counter_size, profile.counter);
        (void)transaction.commit();
    }
    script_random(profile.random);
}

std::optional<StoredKey> Sam::master(Usage usage, core::Byte id) const {
    return find_key_if(files(), selection().directory, [&](const StoredKey& key) {
        return static_cast<core::Byte>(key.type) == static_cast<core::Byte>(usage.purpose) && key.id == id &&
               (levels_of(key) == usage.levels || deviates(Deviation::sam_levels_ignored));
    });
}

Factors Sam::factors(core::BytesView data) const {
    Factors order;
    for (std::size_t at = 0; at < data.size(); at += factor_size)
        std::ranges::copy(data.subspan(at, factor_size), order.emplace_back().begin());
    if (rule(core::Rule::factor_order, "outer-last"))
        std::ranges::reverse(order);
    return order;
}

core::Key Sam::derive(const StoredKey& master, const Factors& factors) {
    core::Key key = computing_key(master);
    for (const auto& factor : factors)
        key = core::diversify(ciphers().of(key), factor);
    return key;
}

core::BytesView Sam::terminal() const {
    const auto file = files().child(master_file, terminal_file_id);
    return file && files().content(*file).size() >= no_terminal.size()
               ? files().content(*file).first(no_terminal.size())
               : core::BytesView(no_terminal);
}

std::optional<FileIndex> Sam::counter_file() const {
    const auto file = files().child(selection().directory, counter_file_id);
    return file && files().at(*file).type == FileType::transparent && files().at(*file).size >= counter_size
               ? file
               : std::nullopt;
}

bool Sam::is_counted_out(FileIndex counter_file) const {
    return core::read_big_endian(files().content(counter_file).first(counter_size)) == 0xFFFFFFFF;
}

void Sam::forget() {
    temporary_.reset();
}

} // namespace tongka::simulator
