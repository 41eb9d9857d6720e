#include "simulator/issuer/sam_issuer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "simulator/issuer/sam_renewal.hpp"
#include "simulator/psam/grey_lock_record.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;
using core::BytesView;

constexpr std::uint16_t application_id = 0x1001;
constexpr std::uint16_t mifare_id = 0x1003;
constexpr Byte after_master_control = 0xAA;
constexpr Byte anyone = 0xF0;
constexpr Byte never = 0xEF;
constexpr std::uint32_t key_record_head = 8;
constexpr std::uint32_t space_for_more_keys = 96;

/// Which directory a key stands in: Mifare keys in 1003, the others in the application.
bool is_mifare(const core::NamedKey& key) {
    return key.kind == "M1K";
}
bool is_own_key(const core::NamedKey& key) {
    return key.kind == "SCK" || key.kind == "SMK";
}

/// What PSAM and ISAM are issued with alike.
class SamIssuer {
public:
    SamIssuer(const Transmit& transmit, const core::Rules& rules, const core::SamProfile& profile,
              std::string_view device)
        : send_(transmit, rules, device), profile_(profile), device_(device) {}

    struct FileContent {
        std::uint16_t id;
        Bytes content;
        Byte read = anyone;
        core::Protection protection = core::Protection::mac; ///< none: no command writes it
    };

    core::Result<void> issue(Byte key_card_type, const std::vector<FileContent>& application);

private:
    core::Result<void> find_own_keys();
    core::Result<void> create(std::uint16_t id, BytesView description) const;
    core::Result<void> create_directory(std::uint16_t id, BytesView name) const;
    core::Result<void> create_file(const FileContent& file) const;
    core::Result<void> write_keys(const std::vector<core::NamedKey>& keys) const;

    Sender send_;
    const core::SamProfile& profile_;
    std::string_view device_;
    const core::NamedKey* control_ = nullptr;
    const core::NamedKey* maintenance_ = nullptr;
};

core::Result<void> SamIssuer::find_own_keys() {
    control_ = core::find_key(profile_.keys, "SCK", 0);
    maintenance_ = core::find_key(profile_.keys, "SMK", 0);
    for (const auto& [key, name] : {std::pair(control_, "SCK"), std::pair(maintenance_, "SMK")})
        if (!key)
            return core::fail(fmt::format("the profile gives the {} no key {}", device_, name));
    return {};
}

core::Result<void> SamIssuer::create(std::uint16_t id, BytesView description) const {
    return send_.command(0x80, 0xE0, static_cast<Byte>(id >> 8), static_cast<Byte>(id), description);
}

core::Result<void> SamIssuer::create_directory(std::uint16_t id, BytesView name) const {
    return create(id,
                  core::concatenate(
                      {Bytes{0x38, 0xFF, 0xFF, after_master_control, after_master_control, 0x00, 0xFF, 0xFF}, name}));
}

/// A transparent file; what is written under a MAC is under maintenance key 00.
core::Result<void> SamIssuer::create_file(const FileContent& file) const {
    const bool writable = file.protection == core::Protection::mac;
    const auto size = static_cast<std::uint16_t>(file.content.size());
    TONGKA_CHECK(create(file.id, Bytes{static_cast<Byte>(writable ? 0xA8 : 0x28), static_cast<Byte>(size >> 8),
                                       static_cast<Byte>(size), file.read, writable ? anyone : never, 0xFF,
                                       static_cast<Byte>(0x80 | 0x18 | 0x03)}));
    if (!writable)
        return {};
    TONGKA_CHECK(send_.select(file.id));
    return send_.write(0x00, 0xD6, 0x00, 0x00, file.content, core::Protection::mac, &maintenance_->key);
}

/// The key file of the current directory: the master control key in clear, which closes it, then the others under it.
core::Result<void> SamIssuer::write_keys(const std::vector<core::NamedKey>& keys) const {
    std::uint32_t size = space_for_more_keys;
    for (const auto& key : keys)
        size += 3 * (key_record_head + static_cast<std::uint32_t>(key.key.bytes().size()));
    TONGKA_CHECK(create(0x0000, Bytes{0x3F, static_cast<Byte>(size >> 8), static_cast<Byte>(size), 0x01,
                                      after_master_control, 0xFF, 0xFF}));
    TONGKA_CHECK(send_sam_key(send_, *control_, core::Protection::none, control_->key));
    TONGKA_CHECK(send_.authenticate(0x00, control_->key));
    TONGKA_CHECK(send_sam_key(send_, *maintenance_, core::Protection::cipher, control_->key));
    for (const auto& key : keys)
        TONGKA_CHECK(send_sam_key(send_, key, core::Protection::cipher, control_->key));
    return {};
}

core::Result<void> SamIssuer::issue(Byte key_card_type, const std::vector<FileContent>& application) {
    TONGKA_CHECK(find_own_keys());
    std::vector<core::NamedKey> keys, mifare_keys;
    for (const auto& key : profile_.keys)
        if (!is_own_key(key))
            (is_mifare(key) ? mifare_keys : keys).push_back(key);

    TONGKA_CHECK(create_directory(master_file_id, "FFFFFFFFFF"_hex));
    TONGKA_CHECK(create_directory(application_id, "BDA8C9E8B2BF"_hex)); // 建设部
    TONGKA_CHECK(send_.select(application_id));
    TONGKA_CHECK(write_keys(keys));
    for (const FileContent& file : application)
        TONGKA_CHECK(create_file(file));
    if (!mifare_keys.empty()) {
        TONGKA_CHECK(send_.select(master_file_id));
        TONGKA_CHECK(create_directory(mifare_id, "BDA8C9E8B24D31"_hex)); // a name of ours; terminals select by 1003
        TONGKA_CHECK(send_.select(mifare_id));
        TONGKA_CHECK(write_keys(mifare_keys));
    }
    TONGKA_CHECK(send_.select(master_file_id));
    TONGKA_CHECK(write_keys({}));
    // MF 0015, 14 bytes: serial 10, version 1, type of key card 1, issuer's own 2 (standards.md 3.4).
    TONGKA_CHECK(create_file({0x0015, core::concatenate({profile_.serial, Bytes{0x01, key_card_type, 0x00, 0x00}})}));
    return create_file({0x0016, core::to_bytes(profile_.terminal)});
}

template <typename Device>
core::Result<void> personalise(Device& device, const core::Profile& profile, const core::SamProfile& sam,
                               core::Result<void> (*issue)(const Transmit&, const core::Profile&)) {
    (void)device.power_on();
    TONGKA_CHECK(issue(
        [&](BytesView command) -> core::Result<Bytes> { return core::to_bytes(device.exchange(command)); }, profile));
    device.preset(sam);
    device.power_off();
    return {};
}

} // namespace

core::Result<void> issue_psam(const Transmit& transmit, const core::Profile& profile) {
    const core::PsamProfile& psam = profile.psam;
    return SamIssuer(transmit, profile.rules, psam, "PSAM")
        .issue(0x0E, {{0x0017, sam_application_data(psam, psam.purchase_index)},
                      {0x0018, Bytes(4), anyone, core::Protection::none},
                      {GreyLockRecord::file_id, Bytes(GreyLockRecord::size), never, core::Protection::none}});
}

core::Result<void> issue_isam(const Transmit& transmit, const core::Profile& profile) {
    if (!profile.isam)
        return core::fail(fmt::format("the profile {} has no ISAM", profile.name));
    const auto load = std::ranges::find(profile.isam->keys, "DLK", &core::NamedKey::kind);
    const Byte first = load == profile.isam->keys.end() ? Byte{0} : load->index;
    const Byte index = profile.isam->load_index != 0 ? profile.isam->load_index : first;
    return SamIssuer(transmit, profile.rules, *profile.isam, "ISAM")
        .issue(0x0F, {{0x0017, sam_application_data(*profile.isam, index)},
                      {0x0018, Bytes(4), anyone, core::Protection::none},
                      {LoadLimit::file_id, Bytes(LoadLimit::size)}});
}

core::Result<std::unique_ptr<Psam>> make_psam(const core::Profile& profile, std::unique_ptr<core::Random> random,
                                              Deviations deviations, Issue issue) {
    auto psam = std::make_unique<Psam>(profile, std::move(random), deviations);
    if (issue == Issue::personalised)
        TONGKA_CHECK(personalise(*psam, profile, profile.psam, issue_psam));
    else
        psam->script_random(profile.psam.random);
    return psam;
}

core::Result<std::unique_ptr<Isam>> make_isam(const core::Profile& profile, std::unique_ptr<core::Random> random,
                                              Deviations deviations, Issue issue) {
    if (!profile.isam)
        return core::fail(fmt::format("the profile {} has no ISAM", profile.name));
    auto isam = std::make_unique<Isam>(profile, std::move(random), deviations);
    if (issue == Issue::personalised)
        TONGKA_CHECK(personalise(*isam, profile, *profile.isam, issue_isam));
    else
        isam->script_random(profile.isam->random);
    return isam;
}

} // namespace tongka::simulator
