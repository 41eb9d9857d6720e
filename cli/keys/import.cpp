#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/keys/custodians.hpp"
#include "cli/keys/key_cards.hpp"
#include "cli/keys/new_store.hpp"
#include "cli/keys/one_key.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/centre.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string from;
    std::string pass_file;
    std::string from_pass_file;
    std::vector<std::string> components;
    std::vector<std::string> component_pass_files;
    OneKey key;
    KeyCardsOption cards;
};

core::Result<std::string> from_components(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto sets, read_components(typed.components, typed.component_pass_files));
    TONGKA_TRY(const auto keys, core::combine_all(sets));
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::twice));
    return fill_new_store(typed.store, sets.front().owner, keys, pass, random);
}

core::Result<std::string> from_cards(const Typed& typed) {
    core::SystemRandom random;
    // Before the card spends the one emptying that it has.
    if (std::filesystem::exists(typed.store))
        return core::fail(fmt::format("{}: there is such a file already", typed.store));
    if (typed.store.starts_with("pkcs11:"))
        return core::fail("key cards are read into a key file");
    if (!std::filesystem::is_directory(std::filesystem::absolute(typed.store).parent_path()))
        return core::fail(fmt::format("{}: there is no such folder", typed.store));
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::twice));
    core::KeyOwner city;
    TONGKA_TRY(const auto keys, typed.cards.read(city, random));
    return fill_new_store(typed.store, city, keys, pass, random);
}

core::Result<std::string> from_centre(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::once));
    TONGKA_TRY(const auto from_pass, get_pass_phrase(typed.from_pass_file, typed.from, Asked::once));
    TONGKA_TRY(const auto from, core::open_key_store(typed.from, from_pass, random));
    TONGKA_TRY(const auto store, core::open_key_store(typed.store, pass, random, core::Access::change));
    auto names = core::import_prepared(*store, *from);
    if (!names)
        return core::fail(names.error().at(typed.from));
    return summary(typed.store, *store);
}

core::Result<std::string> bring_in(const Typed& typed) {
    const int ways = !typed.components.empty() + !typed.from.empty() + !typed.key.name.empty() + typed.cards.given();
    if (ways != 1)
        return core::fail("takes either a second store, FROM, or --components, --key, or the two cards");
    if (!typed.key.name.empty())
        return import_key(typed.store, typed.pass_file, typed.key);
    if (typed.cards.given())
        return from_cards(typed);
    return typed.from.empty() ? from_components(typed) : from_centre(typed);
}

} // namespace

void add_keys_import(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        keys.add_subcommand("import", "Keys from components, from the centre, from a mother card, or one from outside");
    command->add_option("store", typed->store, "The store to make, or a city's store")->required()->type_name("STORE");
    command->add_option("from", typed->from, "What the centre exported for the city")->type_name("FROM");
    command->add_option("--components", typed->components, "The files of all components")->type_name("FILE");
    add_pass_file(*command, "--pass-file", typed->pass_file, "the store");
    add_pass_file(*command, "--from-pass-file", typed->from_pass_file, "FROM");
    command
        ->add_option("--component-pass-file", typed->component_pass_files,
                     "The pass phrase of a component is the first line of this file; once each, in their order")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("--key", typed->key.name, "One key from outside, such as DPK.03/03")->type_name("NAME");
    command->add_option("--value-file", typed->key.value_file, "Its value, in hex, is the first line of this file")
        ->type_name("FILE");
    command->add_option("--check-value", typed->key.check_value, "What its check value must be")->type_name("HEX");
    command->add_option("--algorithm", typed->key.algorithm, "Its algorithm: 3des, des or sm4")
        ->check(CLI::IsMember({"3des", "des", "sm4"}));
    command->add_flag("--any-parity", typed->key.any_parity, "Take a key whose bytes have no odd parity");
    typed->cards.add_to(*command);
    command->footer("Example: tongka keys import cn.keys --components a.keys b.keys c.keys\n"
                    "         tongka keys import 2144.keys from-centre.keys\n"
                    "         tongka keys import 2144.keys --mother-card mother --authentication-card opener\n"
                    "         tongka keys import cn.keys --key DPK.03/03 --value-file key.hex --check-value 08D7B4FB");
    run_when_asked(*command, exit_status, [typed] { return bring_in(*typed); });
}

} // namespace tongka::cli
