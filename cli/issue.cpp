#include "cli/issue.hpp"

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/keys/keys_option.hpp"
#include "cli/line.hpp"
#include "core/hex.hpp"
#include "harness/device/open.hpp"
#include "simulator/issuer/host/accounts.hpp"
#include "simulator/issuer/key_system.hpp"
#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/issuer/sam_renewal.hpp"

namespace tongka::cli {
namespace {

using harness::Role;

constexpr int could_not_run = 2;

struct Typed {
    KeysOption keys;
    std::string profile = "city-union";
    std::string device = "sim:blank";
    std::string state;
    std::string asn;
    std::string city;
    std::string serial;
    std::string terminal;
    std::string accounts;
    bool renew = false;
};

template <std::size_t size>
core::Result<void> read_number(const std::string& text, std::string_view option,
                               std::optional<std::array<core::Byte, size>>& to) {
    if (text.empty())
        return {};
    TONGKA_TRY(const auto bytes, core::from_hex(text, size, option));
    std::ranges::copy(bytes, to.emplace().begin());
    return {};
}

/// The profile for this sample, before it gets the keys of the key system. A card's city is that of its ASN.
core::Result<core::Profile> profile_of(const Typed& typed) {
    core::Sample sample;
    TONGKA_CHECK(read_number(typed.asn, "--asn", sample.asn));
    TONGKA_CHECK(read_number(typed.city, "--city", sample.city));
    if (sample.asn && !sample.city)
        std::copy_n(sample.asn->begin(), 2, sample.city.emplace().begin());
    TONGKA_CHECK(read_number(typed.serial, "--serial", sample.sam_serial));
    TONGKA_CHECK(read_number(typed.terminal, "--terminal", sample.terminal));
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    return core::load_profile(path, sample);
}

core::Result<std::unique_ptr<harness::Device>> open(const Typed& typed, Role role, const core::Profile& profile) {
    TONGKA_TRY(auto device, harness::open_device(typed.device, role, profile,
                                                 {.seed = fresh_seed(), .deviation = {}, .state = typed.state}));
    TONGKA_CHECK(device->reset());
    return device;
}

core::Result<void> enter(const std::string& path, const core::Profile& profile, core::Byte generation) {
    TONGKA_TRY(auto accounts, simulator::Accounts::open(path));
    const auto asn = core::to_hex(profile.card.asn);
    TONGKA_CHECK(accounts.add_account(asn, 0));
    return accounts.add_card(
        {.asn = profile.card.asn, .city = profile.card.city, .generation = generation, .account = asn});
}

core::Result<void> issue_card(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(auto profile, profile_of(typed));
    TONGKA_TRY(const auto store, typed.keys.open(random));
    TONGKA_CHECK(simulator::give_card_keys(profile, *store));
    TONGKA_TRY(const auto generation, simulator::current_generation(*store));
    TONGKA_TRY(const auto device, open(typed, Role::card, profile));
    TONGKA_CHECK(simulator::issue_card(line_to(*device), profile));
    if (!typed.accounts.empty())
        TONGKA_CHECK(enter(typed.accounts, profile, generation));
    fmt::print("card {} of city {}, {} keys, generation {:02X}\n", core::to_hex(profile.card.asn),
               core::to_hex(profile.card.city), profile.card.keys.size(), generation);
    return {};
}

core::Result<void> issue_psam(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(auto profile, profile_of(typed));
    TONGKA_TRY(const auto store, typed.keys.open(random));
    TONGKA_CHECK(simulator::give_psam_keys(profile, *store, profile.card.city));
    TONGKA_TRY(const auto device, open(typed, Role::psam, profile));
    if (typed.renew) {
        TONGKA_CHECK(
            simulator::renew_psam(line_to(*device), profile, simulator::destroyed_generations(*store), random));
    } else {
        TONGKA_CHECK(simulator::issue_psam(line_to(*device), profile));
    }
    fmt::print("PSAM {}, terminal {}, pays with key index {:02X}\n", core::to_hex(profile.psam.serial),
               core::to_hex(profile.psam.terminal), profile.psam.purchase_index);
    return {};
}

core::Result<void> issue_isam(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(auto profile, profile_of(typed));
    TONGKA_TRY(const auto store, typed.keys.open(random));
    TONGKA_CHECK(simulator::give_isam_keys(profile, *store));
    TONGKA_TRY(const auto device, open(typed, Role::isam, profile));
    TONGKA_CHECK(simulator::issue_isam(line_to(*device), profile));
    fmt::print("ISAM {}, terminal {}, of city {}\n", core::to_hex(profile.isam->serial),
               core::to_hex(profile.isam->terminal), core::to_text(store->owner()));
    return {};
}

void add_common(CLI::App& command, Typed& typed) {
    typed.keys.add_to(command);
    command.add_option("--profile", typed.profile, "Layout and rules: a name or a file; its keys are not used")
        ->type_name("PROFILE")
        ->capture_default_str();
    command.add_option("--device", typed.device, "The blank device: sim:blank, pcsc:READER, pcsc:atr=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command.add_option("--state", typed.state, "File that keeps the simulated device")->type_name("FILE");
}

void finish(CLI::App& command, const std::shared_ptr<Typed>& typed, int& exit_status,
            core::Result<void> (*issue)(const Typed&)) {
    const auto name = "issue " + command.get_name();
    command.callback([typed, name, issue, &exit_status] {
        const auto done = issue(*typed);
        if (!done)
            fmt::print(stderr, "tongka {}: {}\n", name, done.error().message);
        exit_status = done ? 0 : could_not_run;
    });
}

} // namespace

void add_issue(CLI::App& app, int& exit_status) {
    auto* parent = app.add_subcommand("issue", "Personalise a blank card, PSAM or ISAM with keys of the key system");
    parent->require_subcommand(1);

    auto card = std::make_shared<Typed>();
    auto* command = parent->add_subcommand("card", "A user card, with the keys of its city (or the national ones)");
    add_common(*command, *card);
    command->add_option("--asn", card->asn, "Its application serial number, 8 bytes; it begins with the city")
        ->type_name("HEX");
    command->add_option("--city", card->city, "Its city, where that is not what the ASN begins with")
        ->type_name("CODE");
    command->add_option("--accounts", card->accounts, "Enter it in this book of the load host")->type_name("FILE");
    command->footer("Example: tongka issue card --keys changchun.keys --asn 2144000000000007 --state card7.state");
    finish(*command, card, exit_status, issue_card);

    auto psam = std::make_shared<Typed>();
    command =
        parent->add_subcommand("psam", "A PSAM, with the national roots; or new purchase keys for one in service");
    add_common(*command, *psam);
    command->add_option("--serial", psam->serial, "Its serial number, 10 bytes")->type_name("HEX");
    command->add_option("--terminal", psam->terminal, "Its terminal number, 6 bytes")->type_name("HEX");
    command->add_option("--city", psam->city, "Where it will serve (for maintenance keys of one level)")
        ->type_name("CODE");
    command->add_flag("--renew", psam->renew,
                      "The PSAM is in service (--device sim:psam, pcsc:…): give it the living generations and the "
                      "current index; those that are destroyed are written over");
    command->footer("Example: tongka issue psam --keys national.keys --serial 21440000000000000042 --state psam.state");
    finish(*command, psam, exit_status, issue_psam);

    auto isam = std::make_shared<Typed>();
    command = parent->add_subcommand("isam", "An ISAM, with the keys of its city");
    add_common(*command, *isam);
    command->add_option("--serial", isam->serial, "Its serial number, 10 bytes")->type_name("HEX");
    command->add_option("--terminal", isam->terminal, "Its terminal number, 6 bytes")->type_name("HEX");
    command->footer(
        "Example: tongka issue isam --keys changchun.keys --serial 21440000000000009042 --state isam.state");
    finish(*command, isam, exit_status, issue_isam);
}

} // namespace tongka::cli
