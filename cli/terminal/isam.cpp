#include <memory>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/keys/keys_option.hpp"
#include "cli/line.hpp"
#include "cli/online_option.hpp"
#include "cli/terminal/commands.hpp"
#include "core/hex.hpp"
#include "harness/device/open.hpp"
#include "simulator/terminal/online_isam.hpp"

namespace tongka::cli {
namespace {

constexpr int could_not_run = 2;

struct Typed {
    KeysOption keys;
    OnlineOption online;
    std::string isam = "sim:isam";
    std::string profile = "city-union";
    std::string state;
    std::string terminal = "000000000001";
    std::string unit = "00000000";
    std::string operator_card = "0000000000000000";
    std::uint32_t deposits = 0;
};

void print(const simulator::IsamLogIn& done) {
    fmt::print(
        "isam             {}\nbatch            {:06X}\nlimit_amount     {}\nlimit_time       {}\nsettle_date      "
        "{}\n",
        core::to_hex(done.isam), done.limit.batch, done.limit.amount, core::to_hex(done.limit.until),
        core::to_hex(done.settle_date));
}

void print(const simulator::IsamLogOut& done) {
    fmt::print("isam             {}\nbatch            {:06X}\nload_count       {}\nload_amount      {}\n",
               core::to_hex(done.isam), done.batch, done.load_count, done.load_amount);
}

core::Result<void> talk(const Typed& typed, bool in) {
    core::SystemRandom random;
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    TONGKA_TRY(const auto unit, core::from_hex(typed.unit, 4, "--unit"));
    TONGKA_TRY(const auto number, core::from_hex(typed.operator_card, 8, "--operator"));
    simulator::IsamOperator who;
    std::ranges::copy(unit, who.unit.begin());
    std::ranges::copy(number, who.number.begin());
    TONGKA_TRY(const auto store, typed.keys.open(random));
    TONGKA_TRY(const auto host, typed.online.open(*store, typed.terminal));
    TONGKA_TRY(const auto device, harness::open_device(typed.isam, harness::Role::isam, profile,
                                                       {.seed = fresh_seed(), .deviation = {}, .state = typed.state}));
    TONGKA_CHECK(device->reset());
    if (in) {
        TONGKA_TRY(const auto done, simulator::isam_log_in(line_to(*device), *host->line, who));
        print(done);
        return {};
    }
    TONGKA_TRY(const auto done, simulator::isam_log_out(line_to(*device), *host->line, who, typed.deposits));
    if (done)
        print(*done);
    else
        fmt::print("the load SAM was logged out before\n");
    return {};
}

CLI::App* add(CLI::App& parent, const std::string& name, const std::string& text, bool in, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand(name, text);
    typed->keys.add_to(*command);
    typed->online.add_to(*command, true);
    command->add_option("--device", typed->isam, "The load SAM: sim:isam, pcsc:READER, pcsc:atr=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command->add_option("--profile", typed->profile, "Profile of a simulated load SAM: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command->add_option("--state", typed->state, "Memory of the simulated load SAM")->type_name("FILE");
    command->add_option("--terminal", typed->terminal, "The terminal's number, 6 bytes")
        ->type_name("HEX")
        ->capture_default_str();
    command->add_option("--unit", typed->unit, "City 2 and industry 2")->type_name("HEX");
    command->add_option("--operator", typed->operator_card, "The operator's number, 8 bytes")->type_name("HEX");
    if (!in)
        command->add_option("--deposits", typed->deposits, "What was taken as deposits for cards, in fen");
    command->callback([typed, name, in, &exit_status] {
        const auto end = talk(*typed, in);
        if (!end)
            fmt::print(stderr, "tongka terminal {}: {}\n", name, end.error().message);
        exit_status = end ? 0 : could_not_run;
    });
    return command;
}

} // namespace

void add_terminal_isam(CLI::App& terminal, int& exit_status) {
    add(terminal, "isam-log-in", "Log a load SAM in at the host: it may then load up to a limit", true, exit_status)
        ->footer("A log-in that was cut off is gone on with.\n"
                 "Example: tongka terminal isam-log-in --keys terminal9.keys --host 127.0.0.1:4433 --ca ca.pem "
                 "--terminal 000000000009 --state isam.state");
    add(terminal, "isam-log-out", "Log a load SAM out: the limit is closed, and the host has the rest back", false,
        exit_status)
        ->footer("A log-out that was cut off is gone on with.\n"
                 "Example: tongka terminal isam-log-out --keys terminal9.keys --host 127.0.0.1:4433 --ca ca.pem "
                 "--terminal 000000000009 --state isam.state");
}

} // namespace tongka::cli
