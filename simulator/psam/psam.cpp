#include "simulator/psam/psam.hpp"

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

constexpr std::uint16_t application_id = 0x1001;
constexpr core::Byte never = 0xEF; // access right that no state gives

/// 3B 6D 00 00 and 13 historical bytes: chip maker 2, COS 2, memory 1, card maker 2, serial 6 (standards.md 2.1).
std::vector<Appearance> faces_of(const core::PsamProfile& profile) {
    auto atr = core::concatenate(
        {"3B6D0000"_hex, "0081"_hex, "544B"_hex, "01"_hex, "8660"_hex, core::BytesView(profile.serial).last(6)});
    return {{Protocol::t0, std::move(atr), {}}};
}

/// MF 0015, 14 bytes: PSAM serial 10, version 1, type of key card 1, issuer's own 2 (standards.md 3.4).
core::Bytes public_data(const core::PsamProfile& profile) {
    return core::concatenate({profile.serial, "01"_hex, "00"_hex, "0000"_hex});
}

/// ADF 0017, 25 bytes: purchase key index 1, issuer 8, receiver 8, start 4, expiry 4 (standards.md 3.4, clauses.md
/// J.1).
core::Bytes application_data(const core::PsamProfile& profile) {
    const core::Byte index = profile.keys.empty() ? core::Byte{0} : profile.keys.front().index;
    return core::concatenate(
        {{&index, 1}, "0000000000000001"_hex, "0000000000000001"_hex, "20260101"_hex, "20361231"_hex});
}

} // namespace

Psam::Psam(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations)
    : SmartCard(faces_of(profile.psam), profile.rules, deviations,
                std::make_unique<core::ScriptedRandom>(profile.psam.random, std::move(random))),
      accepted_codes_(profile.psam.accepted_codes) {
    for (const auto& named : profile.psam.keys)
        if (named.kind == "DPK")
            purchase_keys_.push_back({named.version, named.levels, named.key});
    personalise(profile.psam);
}

void Psam::personalise(const core::PsamProfile& profile) {
    memory().power_up();
    const auto directory = [&](std::uint16_t id, core::BytesView name) {
        File file{.type = FileType::dedicated, .id = id};
        file.set_name(name);
        return files().create(file).value();
    };
    const auto filled = [&](FileIndex parent, std::uint16_t id, core::BytesView content) {
        const File file{.parent = parent,
                        .type = FileType::transparent,
                        .id = id,
                        .size = static_cast<std::uint32_t>(content.size()),
                        .write = never};
        return files().create(file, content).value();
    };
    directory(master_file_id, "315041592E5359532E4444463031"_hex);
    filled(master_file, 0x0015, public_data(profile));
    terminal_file_ = filled(master_file, 0x0016, profile.terminal);
    const FileIndex application = directory(application_id, "BDA8C9E8B2BF"_hex); // 建设部
    filled(application, 0x0017, application_data(profile));
    counter_file_ = filled(application, 0x0018, core::big_endian(profile.terminal_counter, 4));
    memory().power_off();
}

bool Psam::accepts(core::BytesView security_code) const {
    return accepted_codes_.empty() || std::ranges::any_of(accepted_codes_, [&](const core::Bytes& beginning) {
               return core::equal(security_code.first(beginning.size()), beginning);
           });
}

core::BytesView Psam::terminal() const {
    return files().content(terminal_file_);
}
core::BytesView Psam::terminal_counter() const {
    return files().content(counter_file_);
}

bool Psam::count_transaction() {
    if (deviates(Deviation::psam_counter_stuck))
        return true;
    Transaction transaction(memory());
    transaction.write_number(files().at(counter_file_).body, 4, core::read_big_endian(terminal_counter()) + 1);
    return transaction.commit();
}

void Psam::forget() {
    authenticated = false;
    purchase.reset();
}

Reply Psam::perform(const core::Command& command, core::Bytes& answer) {
    return psam_instructions().dispatch(*this, command, answer);
}

} // namespace tongka::simulator
