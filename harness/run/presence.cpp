#include "harness/run/presence.hpp"

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/random.hpp"
#include "harness/device/apdu.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/matcher.hpp"
#include "harness/plan/consistency.hpp"
#include "harness/run/run_lookup.hpp"

namespace tongka::harness {
namespace {

using core::Result;
using Outcome = Presence::Result;

Device* device_of(const Devices& devices, std::string_view kind) {
    for (const Role role : device_roles)
        if (name(role) == kind)
            return devices.at(role);
    return nullptr;
}

class Prober {
public:
    Prober(Device& device, Environment& environment) : device_(device), environment_(environment) {}

    /// Sends the probe of an item and says what the answer tells.
    Result<void> probe(const Probe& probe, Presence& presence) {
        TONGKA_CHECK(device_.reset());
        for (const auto& command : probe.after) {
            TONGKA_TRY(const auto answer, send(command, presence));
            if (answer.empty())
                return {};
            TONGKA_TRY(const auto response, core::parse_response(answer));
            if (response.sw != 0x9000) {
                presence.text.zh += "，无从检验";
                presence.text.en += ", and so nothing can be told";
                return {};
            }
        }
        TONGKA_TRY(const auto answer, send(probe.send, presence));
        if (answer.empty())
            return {};
        TONGKA_TRY(const auto response, core::parse_response(answer));
        TONGKA_TRY(const bool present, fits(probe.present, response));
        TONGKA_TRY(const bool absent, fits(probe.absent, response));
        if (present)
            presence.result = presence.declared ? Outcome::agrees : Outcome::undeclared;
        else if (absent)
            presence.result = presence.declared ? Outcome::absent : Outcome::agrees;
        return {};
    }

private:
    /// The whole answer; empty where a value that the command needs is not there: then nothing was sent.
    Result<core::Bytes> send(const Template& command, Presence& presence) {
        const auto bytes = build(command, environment_);
        if (!bytes) {
            presence.text = Words::of_one(bytes.error().message);
            return core::Bytes();
        }
        std::vector<Exchange> tpdus;
        TONGKA_TRY(auto answer, send_apdu(device_, *bytes, tpdus));
        // No data: some answers hold numbers of the card.
        const auto sw = core::to_hex(core::BytesView(answer).last(2));
        presence.text = {fmt::format("{}应答{}", core::to_hex(*bytes), sw),
                         fmt::format("{} is answered with {}", core::to_hex(*bytes), sw)};
        return answer;
    }

    Result<bool> fits(const std::optional<Pattern>& pattern, const core::Response& response) {
        if (!pattern)
            return false;
        TONGKA_TRY(const auto result, match(*pattern, response, environment_));
        return result.pass;
    }

    Device& device_;
    Environment& environment_;
};

} // namespace

Result<std::vector<Presence>> check_presence(const Proformas& proformas, const Declaration& declaration,
                                             const Devices& devices, const core::Profile& profile,
                                             const core::Clock& clock) {
    core::SystemRandom random;
    RunLookup lookup(profile, declaration, clock, random);
    Environment environment(lookup);
    std::vector<Presence> presences;
    for (const auto& proforma : proformas.all()) {
        auto* const device = device_of(devices, proforma.kind);
        if (device == nullptr)
            continue;
        for (const auto& item : proforma.items) {
            const auto claim = declaration.claims.find(item.key);
            if (claim == declaration.claims.end())
                continue;
            auto& presence = presences.emplace_back(Presence{&item, claim->second, Outcome::not_testable, {}});
            if (!item.probe)
                presence.text = {"没有无害的命令可以检验", "no harmless command shows it"};
            else if (item.probe->when && !holds(*item.probe->when, declaration.claims, profile.rules))
                presence.text = {fmt::format("仅当{}时可以检验", item.probe->when->source.text),
                                 fmt::format("can be told only where {}", item.probe->when->source.text)};
            else
                TONGKA_CHECK(Prober(*device, environment).probe(*item.probe, presence));
        }
        TONGKA_CHECK(device->reset());
    }
    return presences;
}

} // namespace tongka::harness
