#include <memory>

#include <fmt/format.h>

#include "cli/issuer.hpp"
#include "cli/keys/command.hpp"
#include "cli/keys/keys_option.hpp"
#include "cli/keys/new_store.hpp"
#include "cli/pass_phrase.hpp"
#include "core/hex.hpp"
#include "simulator/issuer/service/service.hpp"

namespace tongka::cli {
namespace {

struct Terminal {
    KeysOption keys;
    std::string accounts;
    std::string number;
    std::string out;
    std::string out_pass_file;
};

core::Result<std::string> admit(const Terminal& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto bytes, core::from_hex(typed.number, 6, "--terminal"));
    simulator::TerminalNumber number{};
    std::ranges::copy(bytes, number.begin());
    TONGKA_TRY(const auto store, typed.keys.open(random));
    if (!store->owner().city)
        return core::fail(
            fmt::format("{}: a load host works with a city's keys; these are the centre's", typed.keys.store));
    TONGKA_TRY(auto accounts, simulator::Accounts::open(typed.accounts));
    TONGKA_TRY(const auto key, simulator::working_key(*store, number));
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.out_pass_file, typed.out, Asked::twice));
    const core::KeyEntry entry{
        .record = {.name = {"UK", 2, 1}, .algorithm = key.algorithm(), .made = core::today(core::SystemClock())},
        .key = key};
    TONGKA_CHECK(fill_new_store(typed.out, store->owner(), {entry}, pass, random));
    TONGKA_CHECK(simulator::TerminalBook(accounts).add(number));
    return fmt::format("terminal {} is admitted; its working key is in {}\n", core::to_hex(number), typed.out);
}

struct LoadSam {
    std::string accounts;
    std::string serial;
    std::string account;
    std::uint32_t most = 0;
    std::uint64_t deposit = 0;
    bool blocked = false;
};

core::Result<std::string> admit(const LoadSam& typed) {
    TONGKA_TRY(const auto bytes, core::from_hex(typed.serial, 10, "--serial"));
    TONGKA_TRY(auto accounts, simulator::Accounts::open(typed.accounts));
    const std::string account = typed.account.empty() ? core::to_hex(bytes) : typed.account;
    if (!accounts.balance(account))
        TONGKA_CHECK(accounts.add_account(account, 0));
    if (typed.deposit > 0)
        TONGKA_CHECK(accounts.deposit(account, typed.deposit));
    simulator::IsamEntry entry{.serial = {}, .account = account, .most = typed.most, .blocked = typed.blocked};
    std::copy(bytes.end() - 8, bytes.end(), entry.serial.begin());
    TONGKA_CHECK(simulator::IsamBook(accounts).add(entry));
    return fmt::format("load SAM {} is {}; up to {} fen a log-in from account {}\n", core::to_hex(bytes),
                       typed.blocked ? "blocked" : "admitted", typed.most, account);
}

} // namespace

void add_issuer_admit(CLI::App& issuer, int& exit_status) {
    auto terminal = std::make_shared<Terminal>();
    auto* command = issuer.add_subcommand("admit-terminal", "Enter a terminal in the book and make its key file");
    terminal->keys.add_to(*command);
    command->add_option("--accounts", terminal->accounts, "The host's book")->required()->type_name("FILE");
    command->add_option("--terminal", terminal->number, "The terminal's number, 6 bytes")->required()->type_name("HEX");
    command->add_option("--out", terminal->out, "The key file of the terminal, to be made")
        ->required()
        ->type_name("FILE");
    add_pass_file(*command, "--out-pass-file", terminal->out_pass_file, "the terminal's key file");
    command->footer("Example: tongka issuer admit-terminal --keys 2144.keys --accounts book.db --terminal 000000000009 "
                    "--out terminal9.keys");
    run_when_asked(*command, exit_status, [terminal] { return admit(*terminal); });

    auto isam = std::make_shared<LoadSam>();
    command = issuer.add_subcommand("admit-isam", "Enter a load SAM in the book, or change what it may be granted");
    command->add_option("--accounts", isam->accounts, "The host's book")->required()->type_name("FILE");
    command->add_option("--serial", isam->serial, "Its serial number, 10 bytes")->required()->type_name("HEX");
    command->add_option("--limit", isam->most, "What one log-in may grant, in fen")
        ->required()
        ->check(CLI::Range(std::uint32_t{1}, std::uint32_t{0xFFFFFFFF}));
    command->add_option("--account", isam->account, "The account that pays (default: named after the serial number)")
        ->type_name("NAME");
    command->add_option("--deposit", isam->deposit, "Pay this into the account first, in fen");
    command->add_flag("--blocked", isam->blocked, "No log-in from now on");
    command->footer(
        "Example: tongka issuer admit-isam --accounts book.db --serial 21440000000000009042 --limit 100000");
    run_when_asked(*command, exit_status, [isam] { return admit(*isam); });
}

} // namespace tongka::cli
