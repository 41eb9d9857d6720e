#include <memory>

#include <fmt/format.h>

#include "cli/keys/commands.hpp"
#include "cli/keys/store_option.hpp"

namespace tongka::cli::keys {
namespace {

struct Typed {
    StoreOption store;
    bool sure = false;
};

core::Result<void> destroy(const Typed& typed) {
    if (!typed.sure)
        return core::fail(fmt::format("{}: every key in it would be gone for good; say --yes", typed.store.where));
    core::SystemRandom random;
    core::PassPhrase pin;
    if (typed.store.is_token()) {
        TONGKA_TRY(pin, read_pass(typed.store.pass_file, typed.store.where, Pass::known));
    }
    TONGKA_CHECK(core::destroy_key_store(typed.store.where, pin, random));
    fmt::print("{}: destroyed\n", typed.store.where);
    return {};
}

} // namespace

void add_destroy(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("destroy", "Overwrite and remove every key");
    typed->store.add_argument_to(*command);
    command->add_flag("--yes", typed->sure, "Nothing is asked: do it");
    command->footer("Copies elsewhere are not touched, nor what a disk keeps of overwritten blocks.\n"
                    "Example: tongka keys destroy 2144.export --yes");
    command->callback([typed, &exit_status] { exit_status = keys::exit_status(destroy(*typed), "keys destroy"); });
}

} // namespace tongka::cli::keys
