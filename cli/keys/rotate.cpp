#include <memory>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/open_store.hpp"
#include "core/keys/rotation.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string pass_file;
};

/// A subcommand that takes a store one step further in its roll-over.
template <typename Step>
void add_step(CLI::App& command, int& exit_status, Step step) {
    auto typed = std::make_shared<Typed>();
    command.add_option("store", typed->store, "The key file or token")->required()->type_name("STORE");
    add_pass_file(command, "--pass-file", typed->pass_file, "the store");
    run_when_asked(command, exit_status, [typed, step]() -> core::Result<std::string> {
        core::SystemRandom random;
        TONGKA_TRY(const auto pass, get_pass_phrase(typed->pass_file, typed->store, Asked::once));
        TONGKA_TRY(const auto store, core::open_key_store(typed->store, pass, random, core::Access::change));
        TONGKA_CHECK(step(*store, random));
        return summary(typed->store, *store);
    });
}

} // namespace

void add_keys_rotate(CLI::App& keys, int& exit_status) {
    auto* command =
        keys.add_subcommand("rotate", "Roll over: the prepared generation becomes current, the current one retiring");
    command->footer(
        "Cards of both generations work, until the old one is retired. A national store makes the next generation;\n"
        "a city imports it from the centre before it rotates.\n"
        "Example: tongka keys rotate cn.keys");
    add_step(*command, exit_status,
             [](core::KeyStore& store, core::Random& random) { return core::rotate(store, random); });
}

void add_keys_retire(CLI::App& keys, int& exit_status) {
    auto* command = keys.add_subcommand("retire", "Destroy the retiring generation, when no card needs it any more");
    command->footer("Cards that have no later generation cannot pay any more.\n"
                    "Example: tongka keys retire cn.keys");
    add_step(*command, exit_status, [](core::KeyStore& store, core::Random&) { return core::retire(store); });
}

} // namespace tongka::cli
