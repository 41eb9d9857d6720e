#include "cli/keys/keys_option.hpp"

#include "cli/keys/command.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/no_core_file.hpp"

namespace tongka::cli {

void KeysOption::add_to(CLI::App& command) {
    command.add_option("--keys", store, "The keys: a key file, or a token (pkcs11:token=NAME?module-path=FILE)")
        ->required()
        ->type_name("STORE");
    add_pass_file(command, "--pass-file", pass_file, "the keys");
}

core::Result<std::unique_ptr<core::KeyStore>> KeysOption::open(core::Random& random) const {
    TONGKA_CHECK(core::forbid_core_files());
    TONGKA_TRY(const auto pass, get_pass_phrase(pass_file, store, Asked::once));
    return core::open_key_store(store, pass, random);
}

} // namespace tongka::cli
