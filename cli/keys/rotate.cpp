#include <memory>

#include <fmt/format.h>

#include "cli/keys/commands.hpp"
#include "cli/keys/store_option.hpp"
#include "core/keys/rotation.hpp"

namespace tongka::cli::keys {
namespace {

core::Result<void> tell(const core::KeyStore& store, const std::string& where) {
    TONGKA_TRY(const auto now, core::generations(store));
    std::string line = fmt::format("{}: generation {:02X} current", where, now.current);
    if (now.retiring)
        line += fmt::format(", {:02X} retiring", *now.retiring);
    for (const auto prepared : now.prepared)
        line += fmt::format(", {:02X} prepared", prepared);
    fmt::print("{}\n", line);
    return {};
}

template <typename Change>
core::Result<void> change(const StoreOption& option, Change make) {
    core::SystemRandom random;
    TONGKA_TRY(const auto store, option.open(random, core::Access::change));
    TONGKA_CHECK(make(*store, random));
    return tell(*store, option.where);
}

} // namespace

void add_rotate(CLI::App& parent, int& exit_status) {
    auto option = std::make_shared<StoreOption>();
    auto* command = parent.add_subcommand("rotate", "Begin a roll-over: the prepared generation becomes current");
    option->add_argument_to(*command);
    command->footer("The old generation is retiring: it goes on to serve until `tongka keys retire`.\n"
                    "Example: tongka keys rotate national.keys --pass-file national.pass");
    command->callback([option, &exit_status] {
        exit_status = keys::exit_status(
            change(*option, [](auto& store, auto& random) { return core::rotate(store, random); }), "keys rotate");
    });
}

void add_retire(CLI::App& parent, int& exit_status) {
    auto option = std::make_shared<StoreOption>();
    auto* command = parent.add_subcommand("retire", "End a roll-over: the retiring generation is destroyed");
    option->add_argument_to(*command);
    command->footer("When every PSAM pays with the new one (docs/keys.md).\n"
                    "Example: tongka keys retire national.keys --pass-file national.pass");
    command->callback([option, &exit_status] {
        exit_status =
            keys::exit_status(change(*option, [](auto& store, auto&) { return core::retire(store); }), "keys retire");
    });
}

} // namespace tongka::cli::keys
