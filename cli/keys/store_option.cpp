#include "cli/keys/store_option.hpp"

#include <fmt/format.h>

#include "cli/pass_phrase.hpp"

namespace tongka::cli::keys {

core::Result<core::PassPhrase> read_pass(const std::string& file, const std::string& what, Pass pass) {
    TONGKA_TRY(const auto phrase,
               pass == Pass::chosen ? PassPhrase::read_new(file, what) : PassPhrase::read(file, what));
    return core::PassPhrase(phrase.text().begin(), phrase.text().end());
}

void StoreOption::add_argument_to(CLI::App& command) {
    command.add_option("file", where, "The keys: a key file, or a token (pkcs11:token=NAME?module-path=FILE)")
        ->required()
        ->type_name("FILE");
    command.add_option("--pass-file", pass_file, "File with the pass phrase or PIN (default: asked for)")
        ->type_name("FILE");
}

void StoreOption::add_option_to(CLI::App& command) {
    command.add_option("--keys", where, "The keys: a key file, or a token (pkcs11:token=NAME?module-path=FILE)")
        ->required()
        ->type_name("FILE");
    command.add_option("--pass-file", pass_file, "File with the pass phrase or PIN (default: asked for)")
        ->type_name("FILE");
}

core::Result<std::unique_ptr<core::KeyStore>> StoreOption::open(core::Random& random, core::Access access) const {
    TONGKA_TRY(const auto pass, read_pass(pass_file, where, Pass::known));
    return core::open_key_store(where, pass, random, access);
}

core::Result<std::unique_ptr<core::KeyStore>> StoreOption::create(core::KeyOwner owner, core::Random& random) const {
    TONGKA_TRY(const auto pass, read_pass(pass_file, where, is_token() ? Pass::known : Pass::chosen));
    return core::create_key_store(where, std::move(owner), pass, random);
}

int exit_status(const core::Result<void>& done, std::string_view command) {
    if (done)
        return 0;
    fmt::print(stderr, "tongka {}: {}\n", command, done.error().message);
    return 2;
}

} // namespace tongka::cli::keys
