#include "cli/keys.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/keys/commands.hpp"

namespace tongka::cli {

void add_keys(CLI::App& app, int& exit_status) {
    auto* keys =
        app.add_subcommand("keys", "Keys of the national centre and of cities: make, hand on, roll over, destroy");
    keys->require_subcommand(1);
    keys->footer("A STORE is a key file, or a token: pkcs11:token=NAME?module-path=FILE (its PIN is the pass phrase).\n"
                 "Pass phrases are asked for on the terminal, or are the first line of a file that its owner alone may "
                 "read.\n"
                 "Example: tongka keys new cn.keys\n"
                 "         tongka keys export cn.keys --city 2144 --out 2144.keys");
    add_keys_new(*keys, exit_status);
    add_keys_components(*keys, exit_status);
    add_keys_import(*keys, exit_status);
    add_keys_export(*keys, exit_status);
    add_keys_show(*keys, exit_status);
    add_keys_rotate(*keys, exit_status);
    add_keys_retire(*keys, exit_status);
    add_keys_destroy(*keys, exit_status);
}

} // namespace tongka::cli
