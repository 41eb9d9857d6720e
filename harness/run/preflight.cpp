#include "harness/run/preflight.hpp"

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/hex.hpp"
#include "harness/device/apdu.hpp"

namespace tongka::harness {
namespace {

using namespace core::literals;

constexpr core::Text card_subject{"用户卡", "user card"};
constexpr core::Text psam_subject{"PSAM", "PSAM"};
constexpr core::Text isam_subject{"ISAM", "ISAM"};
constexpr core::Text key_subject{"圈存密钥", "load key"};
constexpr core::Text clock_subject{"时钟", "clock"};

/// The answer's data where the status word is 9000, else an Error.
core::Result<core::Bytes> ask(Device& device, core::BytesView command) {
    std::vector<Exchange> tpdus;
    TONGKA_TRY(auto answer, send_apdu(device, command, tpdus));
    TONGKA_TRY(const auto response, core::parse_response(answer));
    if (response.sw != 0x9000)
        return core::fail(fmt::format("{} is answered with {:04X}", core::to_hex(command), response.sw));
    return core::to_bytes(response.data);
}

Finding look_at_card(Device& device, const core::Profile& profile) {
    Finding finding{card_subject, false, {}};
    if (auto reset = device.reset(); !reset) {
        finding.text = reset.error().message;
    } else if (auto fci = ask(device, "00A4040009A0000000038698070100"_hex); !fci) {
        finding.text = "the application A00000000386980701 cannot be selected: " + fci.error().message;
    } else if (auto asn = ask(device, "00B0950C08"_hex); !asn) {
        finding.text = "the ASN cannot be read from file 0015: " + asn.error().message;
    } else if (!core::equal(*asn, profile.card.asn)) {
        finding.text =
            fmt::format("the card's ASN is {}, the profile's is {}: this is another card, and its keys differ",
                        core::to_hex(*asn), core::to_hex(profile.card.asn));
    } else {
        finding.well = true;
        finding.text = fmt::format("ASN {}", core::to_hex(*asn));
    }
    return finding;
}

/// INITIALIZE FOR LOAD changes nothing on a card, and its MAC1 shows whether the profile has the card's load key.
Finding look_at_load_key(Device& device, const core::Profile& profile) {
    Finding finding{key_subject, true, {}};
    const auto* key = core::find_key(profile.card.keys, "DLK", 1);
    if (!key) {
        finding.text = "the profile has no DLK.01: nothing to compare";
        return finding;
    }
    const auto answer = ask(device, "805000020B010000000100000000000010"_hex);
    if (!answer || answer->size() != 16) {
        // Some profiles ask for VERIFY first; the cases will show what is wrong.
        finding.text = "INITIALIZE FOR LOAD gives no MAC1 to compare";
        return finding;
    }
    const core::BytesView data(*answer);
    std::array<core::Byte, 8> input{};
    std::ranges::copy(data.subspan(8, 4), input.begin());
    std::ranges::copy(data.subspan(4, 2), input.begin() + 4);
    input[6] = 0x80;
    const core::Mac mac1 = core::transaction_mac(core::session_key(key->key, input),
                                                 {data.first(4), "00000001"_hex, "02"_hex, "000000000000"_hex});
    finding.well = core::mac_equals(mac1, data.last(4));
    finding.text = finding.well
                       ? "MAC1 of the card is right"
                       : "MAC1 of INITIALIZE FOR LOAD is not made with the profile's DLK.01: the profile has other "
                         "keys than the card, or the card is wrong from the ground up";
    return finding;
}

Finding look_at_sam(Device& device, const core::SamProfile& profile, const core::Text& subject) {
    Finding finding{subject, false, {}};
    if (auto reset = device.reset(); !reset) {
        finding.text = reset.error().message;
    } else if (auto terminal = ask(device, "00B0960006"_hex); !terminal) {
        finding.text = "the terminal number cannot be read from file 0016: " + terminal.error().message;
    } else if (!core::equal(*terminal, profile.terminal)) {
        finding.text = fmt::format("the {0}'s terminal number is {1}, the profile's is {2}: this is another {0}",
                                   subject.en, core::to_hex(*terminal), core::to_hex(profile.terminal));
    } else if (auto fci = ask(device, "00A4040006BDA8C9E8B2BF"_hex); !fci) {
        finding.text = "the application BDA8C9E8B2BF cannot be selected: " + fci.error().message;
    } else {
        finding.well = true;
        finding.text = fmt::format("terminal {}", core::to_hex(*terminal));
    }
    return finding;
}

/// What it is; whether it does what it should is for the cases to find.
Finding look_at_actor(Role role, const Actor& actor) {
    constexpr core::Text subjects[] = {{"终端", "terminal"}, {"清算文件", "file"}, {"主机", "host"}, {"读卡器", "reader"}};
    const auto& identity = actor.identity();
    auto text = identity.name + (identity.version.empty() ? "" : " ") + identity.version;
    if (!identity.sha256.empty())
        text += ", SHA-256 " + identity.sha256;
    return {subjects[static_cast<std::size_t>(role) - std::size(device_roles)], true, std::move(text)};
}

Finding look_at_clock(const core::Profile& profile, const core::Clock& clock) {
    const auto today = fmt::format("{:%Y%m%d}", fmt::localtime(core::Clock::Time::clock::to_time_t(clock.now())));
    const auto start = core::to_hex(profile.card.start_date);
    const auto expiry = core::to_hex(profile.card.expiry_date);
    const bool well = start <= today && today <= expiry;
    return {clock_subject, well,
            well ? today
                 : fmt::format("today is {} by this machine's clock, and the card is good from {} to {}", today, start,
                               expiry)};
}

} // namespace

std::vector<Finding> preflight(const Devices& devices, const core::Profile& profile, const core::Clock& clock) {
    std::vector<Finding> findings;
    if (devices.card) {
        findings.push_back(look_at_card(*devices.card, profile));
        if (findings.back().well)
            findings.push_back(look_at_load_key(*devices.card, profile));
    }
    if (devices.psam)
        findings.push_back(look_at_sam(*devices.psam, profile.psam, psam_subject));
    if (devices.isam && profile.isam)
        findings.push_back(look_at_sam(*devices.isam, *profile.isam, isam_subject));
    for (const Role role : actor_roles)
        if (const auto* actor = devices.actor(role))
            findings.push_back(look_at_actor(role, *actor));
    findings.push_back(look_at_clock(profile, clock));
    return findings;
}

} // namespace tongka::harness
