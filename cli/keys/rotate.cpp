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

core::Result<std::string> rotate_store(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::once));
    TONGKA_TRY(const auto store, core::open_key_store(typed.store, pass, random, core::Access::change));
    if (const auto done = core::rotate(*store, random); !done)
        return core::fail(done.error());
    return summary(typed.store, *store);
}

} // namespace

void add_keys_rotate(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        keys.add_subcommand("rotate", "Roll over: the prepared generation becomes current, the current one retiring");
    command->add_option("store", typed->store, "The key file or token")->required()->type_name("STORE");
    add_pass_file(*command, "--pass-file", typed->pass_file, "the store");
    command->footer(
        "Cards of both generations work, until the old one is retired. A national store makes the next generation;\n"
        "a city imports it from the centre before it rotates.\n"
        "Example: tongka keys rotate cn.keys");
    run_when_asked(*command, exit_status, [typed] { return rotate_store(*typed); });
}

} // namespace tongka::cli
