#include <memory>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/keys/custodians.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/open_store.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string pass_file;
    unsigned count = 0;
    std::string out;
    std::vector<std::string> component_pass_files;
};

core::Result<std::string> split_store(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::once));
    TONGKA_TRY(const auto store, core::open_key_store(typed.store, pass, random));
    std::vector<core::KeyEntry> keys;
    for (const auto& record : store->records()) {
        if (record.state == core::KeyState::destroyed)
            continue;
        TONGKA_TRY(auto key, store->release(record.name));
        keys.push_back({record, std::move(key)});
    }
    return write_components(typed.out, store->owner(), keys, typed.count, typed.component_pass_files, random);
}

} // namespace

void add_keys_components(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = keys.add_subcommand("components", "Split the keys of a store among custodians, to keep them apart");
    command->add_option("store", typed->store, "The key file or token")->required()->type_name("STORE");
    command->add_option("--count", typed->count, "How many components")->required()->check(CLI::Range(2, 9));
    command->add_option("--out", typed->out, "The folder for them")->required()->type_name("DIR");
    add_pass_file(*command, "--pass-file", typed->pass_file, "the store");
    command
        ->add_option("--component-pass-file", typed->component_pass_files,
                     "The pass phrase of a component is the first line of this file; once each")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->footer("The store stays as it is. All components together make it again: keys import.\n"
                    "Example: tongka keys components cn.keys --count 3 --out safe");
    run_when_asked(*command, exit_status, [typed] { return split_store(*typed); });
}

} // namespace tongka::cli
