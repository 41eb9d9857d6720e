#include "cli/keys.hpp"

#include "cli/keys/commands.hpp"

namespace tongka::cli {

void add_keys(CLI::App& app, int& exit_status) {
    auto* keys = app.add_subcommand("keys", "The key system: national and city keys, generations, components");
    keys->require_subcommand(1);
    keys::add_new(*keys, exit_status);
    keys::add_import(*keys, exit_status);
    keys::add_export(*keys, exit_status);
    keys::add_rotate(*keys, exit_status);
    keys::add_retire(*keys, exit_status);
    keys::add_show(*keys, exit_status);
    keys::add_destroy(*keys, exit_status);
    keys->footer("FILE is a key file, or a token: pkcs11:token=NAME?module-path=/usr/lib/softhsm/libsofthsm2.so.\n"
                 "A pass phrase (of a token: its PIN) comes from --pass-file, which nobody but you may read, or is\n"
                 "asked for on the terminal. Keys are never printed: only their check values are.");
}

} // namespace tongka::cli
