#include "cli/apdu.hpp"

#include <iostream>
#include <memory>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "core/dictionary/decode.hpp"
#include "core/hex.hpp"
#include "harness/device/apdu.hpp"
#include "harness/device/open.hpp"

namespace tongka::cli {
namespace {

constexpr int could_not_run = 2;

struct Typed {
    std::string device = "sim:card";
    std::string profile = default_profile;
    std::uint64_t seed = 1;
    std::string state;
    bool raw = false;
    bool decode = false;
    std::string language;
};

void print_decoded(core::BytesView command, core::BytesView answer, std::string_view why, core::Language language) {
    namespace dictionary = core::dictionary;
    const auto decoded = dictionary::decode(command, answer, {.language = language, .device = {}, .selected_file = {}});
    fmt::print("  {}\n", decoded.name.in(language));
    for (const auto* fields : {&decoded.request, &decoded.response})
        for (const auto& field : *fields)
            fmt::print("  {} {}: {}\n", fields == &decoded.request ? ">" : "<", field.name.in(language), field.text);
    fmt::print("  = {}{}{}\n", decoded.status, why.empty() ? "" : "; ", why);
}

/// The text of a line without its comment (`#`) and blanks around it.
std::string_view essence(std::string_view line) {
    line = line.substr(0, line.find('#'));
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

core::Result<void> converse(const Typed& typed) {
    const auto role = typed.device == "sim:psam"   ? harness::Role::psam
                      : typed.device == "sim:isam" ? harness::Role::isam
                                                   : harness::Role::card;
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    TONGKA_TRY(const auto device, harness::open_device(typed.device, role, profile,
                                                       {.seed = typed.seed, .deviation = {}, .state = typed.state}));
    TONGKA_CHECK(device->reset());
    TONGKA_TRY(const auto atr, device->answer_to_reset());
    const bool prompt = isatty(STDIN_FILENO) != 0;
    if (prompt)
        fmt::print(stderr, "{} ATR {}\nhex: a command; reset; end with Ctrl-D\n", typed.device, core::to_hex(atr));
    std::vector<harness::Exchange> tpdus;
    std::string line;
    for (unsigned number = 1;; ++number) {
        if (prompt)
            fmt::print(stderr, "> ");
        if (!std::getline(std::cin, line))
            return {};
        const auto text = essence(line);
        if (text.empty())
            continue;
        if (text == "reset") {
            TONGKA_CHECK(device->reset());
            TONGKA_TRY(const auto again, device->answer_to_reset());
            fmt::print("{}\n", core::to_hex(again));
            continue;
        }
        const auto command = core::from_hex(text);
        if (!command) {
            const auto error = command.error().at(fmt::format("line {}", number));
            if (!prompt)
                return core::fail(error);
            fmt::print(stderr, "{}\n", error.message);
            continue;
        }
        TONGKA_TRY(const auto answer, typed.raw ? harness::send_raw(*device, *command, tpdus)
                                                : harness::send_apdu(*device, *command, tpdus));
        fmt::print("{}\n", core::to_hex(answer));
        if (typed.decode)
            print_decoded(*command, answer, device->last_reason(), language(typed.language));
        std::fflush(stdout);
    }
}

} // namespace

void add_apdu(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("apdu", "Send commands: hex lines in, one answer line a command out");
    command
        ->add_option("--device", typed->device,
                     "sim:card, sim:blank, sim:psam, sim:isam, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command->add_option("--profile", typed->profile, "Profile of a simulated device: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command->add_option("--state", typed->state, "Keep the memory of the simulated device in this file")
        ->type_name("FILE");
    command->add_option("--seed", typed->seed, "Seed of a simulated device's random numbers")->capture_default_str();
    command->add_flag("--raw", typed->raw, "Send the bytes as they are; do not follow 61xx and 6Cxx on T=0");
    command->add_flag("--decode", typed->decode, "Print each command and answer field by field");
    command->add_option("--lang", typed->language, "Language of --decode: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer("A line may also be `reset`; # begins a comment.\n"
                    "Example: echo 00A4040009A00000000386980701 | tongka apdu --device sim:card --decode");
    command->callback([typed, &exit_status] {
        auto end = converse(*typed);
        if (!end)
            fmt::print(stderr, "tongka apdu: {}\n", end.error().message);
        exit_status = end ? 0 : could_not_run;
    });
}

} // namespace tongka::cli
