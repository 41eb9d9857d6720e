#include <memory>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/open_store.hpp"
#include "core/keys/token_uri.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string pass_file;
    bool yes = false;
};

core::Result<std::string> destroy(const Typed& typed) {
    if (!typed.yes)
        return core::fail(typed.store + ": every key in it would be lost for good; say --yes if that is meant");
    core::SystemRandom random;
    core::PassPhrase pin;
    if (core::is_token_uri(typed.store)) {
        TONGKA_TRY(pin, get_pass_phrase(typed.pass_file, typed.store, Asked::once));
    }
    TONGKA_CHECK(core::destroy_key_store(typed.store, pin, random));
    return typed.store + ": destroyed\n";
}

} // namespace

void add_keys_destroy(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = keys.add_subcommand("destroy", "Destroy every key of a store: a file is overwritten and removed");
    command->add_option("store", typed->store, "The key file, component or token")->required()->type_name("STORE");
    command->add_flag("--yes", typed->yes, "Really");
    add_pass_file(*command, "--pass-file", typed->pass_file, "a token, its PIN");
    command->footer("A key file needs no pass phrase for it. Copies elsewhere are yours to find.\n"
                    "Example: tongka keys destroy old.keys --yes");
    run_when_asked(*command, exit_status, [typed] { return destroy(*typed); });
}

} // namespace tongka::cli
