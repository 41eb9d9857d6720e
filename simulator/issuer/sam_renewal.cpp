#include "simulator/issuer/sam_renewal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/apdu.hpp"
#include "core/hex.hpp"
#include "simulator/sam/usage.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;

constexpr unsigned purchase_levels = 2;

core::NamedKey scrapped(Byte generation, core::Algorithm algorithm, core::Random& random) {
    Bytes bytes(core::key_size(algorithm));
    random.fill(bytes);
    return {.kind = "DPK",
            .index = generation,
            .version = generation,
            .levels = purchase_levels,
            .key = core::Key::create(algorithm, bytes).value()};
}

core::Result<void> check_serial(const Sender& sender, const core::PsamProfile& psam) {
    TONGKA_CHECK(sender.select(0x3F00));
    TONGKA_TRY(const Bytes data, sender.send("00B095000E"_hex));
    const std::size_t size = psam.serial.size();
    if (data.size() < size)
        return core::fail(fmt::format("file 0015 of the PSAM has {} bytes, not 14", data.size()));
    if (!std::equal(psam.serial.begin(), psam.serial.end(), data.begin()))
        return core::fail(fmt::format("the PSAM has the serial number {}, not {}; it is left as it is",
                                      core::to_hex(core::BytesView(data).first(size)), core::to_hex(psam.serial)));
    return {};
}

/// Whether the PSAM has a purchase key of this index: INIT_FOR_DESCRYPT knows no key of another usage and id
/// (standards.md 4.3: 6A88 or 9403), and refuses to work with one that is for purchases (6985), or works.
core::Result<bool> has_purchase_key(const Transmit& transmit, Byte index) {
    const Byte usage = usage_byte({Purpose::purchase, purchase_levels});
    TONGKA_TRY(const Bytes answer, transmit(core::concatenate({Bytes{0x80, 0x1A, usage, index, 0x10}, Bytes(16)})));
    TONGKA_TRY(const auto response, core::parse_response(answer));
    return response.sw != 0x6A88 && response.sw != 0x9403;
}

} // namespace

core::Result<void> send_sam_key(const Sender& sender, const core::NamedKey& key, core::Protection protection,
                                const core::Key& control) {
    const auto purpose = purpose_of(key.kind);
    if (!purpose)
        return core::fail(fmt::format("a SAM holds no key of kind {}", key.kind));
    const Bytes head{usage_byte({*purpose, key.levels}), key.version, static_cast<Byte>(key.key.algorithm())};
    return sender.write(0x80, 0xD4, 0x00, key.index, core::concatenate({head, key.key.bytes()}), protection, &control);
}

Bytes sam_application_data(const core::SamProfile& profile, Byte index) {
    return core::concatenate({Bytes{index}, profile.issuer, profile.receiver, profile.start_date, profile.expiry_date});
}

core::Result<void> renew_psam(const Transmit& transmit, const core::Profile& profile, std::span<const Byte> retired,
                              core::Random& random) {
    const core::PsamProfile& psam = profile.psam;
    const auto* control = core::find_key(psam.keys, "SCK", 0);
    const auto* maintenance = core::find_key(psam.keys, "SMK", 0);
    if (!control || !maintenance)
        return core::fail("the profile gives the PSAM no key SCK or no key SMK");
    const Sender sender(transmit, profile.rules, "PSAM");
    TONGKA_CHECK(check_serial(sender, psam));
    TONGKA_CHECK(sender.select("BDA8C9E8B2BF"_hex)); // 建设部
    TONGKA_CHECK(sender.authenticate(0x00, control->key));
    for (const auto& key : psam.keys)
        if (key.kind == "DPK")
            TONGKA_CHECK(send_sam_key(sender, key, core::Protection::cipher, control->key));
    TONGKA_CHECK(sender.write(0x00, 0xD6, 0x97, 0x00, sam_application_data(psam, psam.purchase_index),
                              core::Protection::mac, &maintenance->key));
    for (const Byte generation : retired) {
        TONGKA_TRY(const bool there, has_purchase_key(transmit, generation));
        if (there)
            TONGKA_CHECK(send_sam_key(sender, scrapped(generation, control->key.algorithm(), random),
                                      core::Protection::cipher, control->key));
    }
    return {};
}

} // namespace tongka::simulator
