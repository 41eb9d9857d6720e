#include <memory>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/keys/custodians.hpp"
#include "cli/keys/new_store.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/centre.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string algorithm = "3des";
    std::vector<std::string> pass_files;
    unsigned components = 0;
    std::string out;
};

core::Result<std::string> make(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto algorithm, core::parse_algorithm(typed.algorithm));
    if (typed.components != 0) {
        if (typed.out.empty() || !typed.store.empty())
            return core::fail("--components takes --out DIR, and no STORE");
        const auto keys = core::new_national_keys(random, algorithm);
        return write_components(typed.out, core::KeyOwner{}, keys, typed.components, typed.pass_files, random);
    }
    if (typed.store.empty() || !typed.out.empty() || typed.pass_files.size() > 1)
        return core::fail("takes a STORE and one pass phrase, or --components and --out");
    TONGKA_TRY(const auto pass,
               get_pass_phrase(typed.pass_files.empty() ? "" : typed.pass_files.front(), typed.store, Asked::twice));
    return fill_new_store(typed.store, core::KeyOwner{}, core::new_national_keys(random, algorithm), pass, random);
}

} // namespace

void add_keys_new(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = keys.add_subcommand("new", "Make the root keys of a national centre");
    command->add_option("store", typed->store, "The key file to make, or the token")->type_name("STORE");
    command->add_option("--algorithm", typed->algorithm, "3des or sm4 (tokens: 3des)")
        ->check(CLI::IsMember({"3des", "sm4"}))
        ->capture_default_str();
    command->add_option("--components", typed->components, "Make no store, but N components of its keys")
        ->check(CLI::Range(2, 9))
        ->type_name("N");
    command->add_option("--out", typed->out, "The folder for the components")->type_name("DIR");
    command
        ->add_option("--pass-file", typed->pass_files,
                     "The pass phrase is the first line of this file; for components once each")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->footer("Every kind of key, two generations: 1 current, 2 prepared.\n"
                    "Example: tongka keys new cn.keys\n"
                    "         tongka keys new --components 3 --out ceremony\n"
                    "         tongka keys new 'pkcs11:token=roots?module-path=/usr/lib/softhsm/libsofthsm2.so'");
    run_when_asked(*command, exit_status, [typed] { return make(*typed); });
}

} // namespace tongka::cli
