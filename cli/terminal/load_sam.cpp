#include "cli/terminal/load_sam.hpp"

#include <fmt/format.h>

#include "core/crypto/secure_messaging.hpp"
#include "core/hex.hpp"
#include "simulator/issuer/service/isam_limit.hpp"
#include "simulator/terminal/ask.hpp"

namespace tongka::cli {
namespace {

using namespace core::literals;

core::Result<const core::NamedKey*> key_of(const core::Profile& profile, std::string_view kind, core::Byte index) {
    const auto* key = profile.isam ? core::find_key(profile.isam->keys, kind, index) : nullptr;
    if (!key)
        return core::fail(fmt::format("profile {}: its load SAM has no key {} to log in with", profile.name, kind));
    return key;
}

} // namespace

void LoadSamOption::add_to(CLI::App& command) {
    auto* isam = command.add_option("--isam", device,
                                    "The load SAM: sim:isam, pcsc:READER, pcsc:atr=HEX; it is logged in with "
                                    "the profile's keys");
    isam->type_name("DEVICE");
    command.add_option("--isam-state", state, "Memory of the simulated load SAM")->type_name("FILE")->needs(isam);
    command.add_option("--limit", limit, "Give it this limit first, in fen, until the end of the year 2099")
        ->needs(isam);
}

core::Result<simulator::LoadSam> log_in(const LoadSamOption& option, const simulator::Transmit& isam,
                                        const core::Profile& profile) {
    const auto sam = simulator::read_load_sam(isam);
    if (!sam)
        return core::fail(sam.error().error());
    TONGKA_TRY(const auto* host, key_of(profile, "UK", 1));
    if (option.limit > 0) {
        TONGKA_TRY(const auto* maintenance, key_of(profile, "SMK", 0));
        const simulator::IsamLimit limit{
            .amount = option.limit, .until = {0x20, 0x99, 0x12, 0x31, 0x23, 0x59, 0x59}, .batch = 1};
        TONGKA_TRY(const auto challenge, simulator::ask(isam, "ISAM", "GET CHALLENGE", "0084000004"_hex, 4));
        const auto mac = simulator::isam_limit_mac(maintenance->key, profile.rules, challenge, limit);
        TONGKA_CHECK(simulator::ask(isam, "ISAM", "UPDATE BINARY of the limit",
                                    core::concatenate({simulator::isam_limit_command(limit), mac})));
    }
    TONGKA_TRY(const auto challenge, simulator::ask(isam, "ISAM", "GET CHALLENGE", "0084000004"_hex, 4));
    const auto cryptogram = core::external_authentication(core::Cipher(host->key), challenge);
    TONGKA_CHECK(
        simulator::ask(isam, "ISAM", "EXTERNAL AUTHENTICATION", core::concatenate({"0082000108"_hex, cryptogram})));
    return *sam;
}

} // namespace tongka::cli
