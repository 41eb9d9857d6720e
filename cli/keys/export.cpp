#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cli/keys/commands.hpp"
#include "cli/keys/store_option.hpp"
#include "core/hex.hpp"
#include "core/keys/centre.hpp"

namespace tongka::cli::keys {
namespace {

struct Typed {
    StoreOption store;
    std::string city;
    StoreOption out;
};

core::Result<void> hand_down(const Typed& typed) {
    TONGKA_TRY(const auto owner, core::parse_key_owner(typed.city));
    if (!owner.city)
        return core::fail("--city: the roots of the centre stay there; name a city by its four digits");
    core::SystemRandom random;
    TONGKA_TRY(const auto national, typed.store.open(random, core::Access::read));
    TONGKA_TRY(const auto keys, core::city_keys(*national, *owner.city));
    TONGKA_TRY(const auto out, typed.out.create(owner, random));
    TONGKA_CHECK(core::add_all(*out, keys));
    fmt::print("{}: {} keys for city {}\n", typed.out.where, keys.size(), typed.city);
    return {};
}

} // namespace

void add_export(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("export", "A city's keys, derived from the national ones");
    typed->store.add_argument_to(*command);
    command->add_option("--city", typed->city, "The city's code, four digits")->required()->type_name("CODE");
    command->add_option("--out", typed->out.where, "The file for the city")->required()->type_name("FILE");
    command->add_option("--out-pass-file", typed->out.pass_file, "Its pass phrase, which travels apart from it")
        ->type_name("FILE");
    command->footer("The city takes it in with `tongka keys import`.\n"
                    "Example: tongka keys export national.keys --city 2144 --out 2144.export");
    command->callback([typed, &exit_status] { exit_status = keys::exit_status(hand_down(*typed), "keys export"); });
}

} // namespace tongka::cli::keys
