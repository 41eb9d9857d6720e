#include <memory>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/keys/key_cards.hpp"
#include "cli/keys/new_store.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/centre.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string city;
    std::string out;
    std::string pass_file;
    std::string out_pass_file;
    KeyCardsOption cards;
};

core::Result<std::string> hand_on(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto owner, core::parse_key_owner(typed.city));
    if (!owner.city)
        return core::fail("--city takes the four digits of a city");
    if (typed.out.empty() != typed.cards.given())
        return core::fail("takes either --out, or --mother-card and --authentication-card");
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::once));
    TONGKA_TRY(const auto national, core::open_key_store(typed.store, pass, random));
    TONGKA_TRY(const auto keys, core::city_keys(*national, *owner.city));
    if (typed.cards.given())
        return typed.cards.write(owner, keys, random);
    TONGKA_TRY(const auto out_pass, get_pass_phrase(typed.out_pass_file, typed.out, Asked::twice));
    if (out_pass == pass)
        return core::fail("the city's keys need another pass phrase than the national ones");
    return fill_new_store(typed.out, owner, keys, out_pass, random);
}

} // namespace

void add_keys_export(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        keys.add_subcommand("export", "Derive the keys of a city from the national ones, into a store of its own");
    command->add_option("store", typed->store, "The national keys")->required()->type_name("STORE");
    command->add_option("--city", typed->city, "The city: four digits")->required()->type_name("CODE");
    command->add_option("--out", typed->out, "The store to make")->type_name("STORE");
    add_pass_file(*command, "--pass-file", typed->pass_file, "the national keys");
    add_pass_file(*command, "--out-pass-file", typed->out_pass_file, "the new store, told to the city another way");
    typed->cards.add_to(*command);
    command->footer(
        "The first one is the city's store; of later ones it takes the new generation with keys import.\n"
        "Example: tongka keys export cn.keys --city 2144 --out 2144.keys\n"
        "         tongka keys export cn.keys --city 2144 --mother-card mother --authentication-card opener");
    run_when_asked(*command, exit_status, [typed] { return hand_on(*typed); });
}

} // namespace tongka::cli
