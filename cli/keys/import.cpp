#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/keys/commands.hpp"
#include "cli/keys/store_option.hpp"
#include "core/hex.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/component_file.hpp"
#include "core/keys/parity.hpp"

namespace tongka::cli::keys {
namespace {

struct Typed {
    StoreOption store;
    std::vector<std::string> components;
    std::vector<std::string> component_passes;
    StoreOption from;
    std::string key;
    std::string value_file;
    std::string check_value;
    std::string algorithm = "3des";
    bool any_parity = false;
};

core::Result<void> from_components(const Typed& typed, core::Random& random) {
    if (!typed.component_passes.empty() && typed.component_passes.size() != typed.components.size())
        return core::fail(fmt::format("{} components need {} pass phrases; --component-pass-file was given {} times",
                                      typed.components.size(), typed.components.size(), typed.component_passes.size()));
    std::vector<core::ComponentSet> sets;
    for (std::size_t i = 0; i < typed.components.size(); ++i) {
        TONGKA_TRY(const auto pass, read_pass(typed.component_passes.empty() ? "" : typed.component_passes[i],
                                              typed.components[i], Pass::known));
        TONGKA_TRY(auto set, core::read_component_file(typed.components[i], pass));
        sets.push_back(std::move(set));
    }
    TONGKA_TRY(const auto keys, core::combine_all(sets));
    TONGKA_TRY(const auto store, typed.store.create(sets.front().owner, random));
    TONGKA_CHECK(core::add_all(*store, keys));
    fmt::print("{}: {} keys of {} from {} components\n", typed.store.where, keys.size(), core::to_text(store->owner()),
               sets.size());
    return {};
}

/// What `keys export` wrote: a new store of a city, or the next generation for one that is there.
core::Result<void> from_centre(const Typed& typed, core::Random& random) {
    TONGKA_TRY(const auto given, typed.from.open(random, core::Access::read));
    if (!given->owner().city)
        return core::fail(fmt::format("{}: these are the roots of the centre; `tongka keys export` makes a city's",
                                      typed.from.where));
    if (!typed.store.is_token() && !std::filesystem::exists(typed.store.where)) {
        TONGKA_TRY(const auto store, typed.store.create(given->owner(), random));
        std::vector<core::KeyEntry> keys;
        for (const auto& record : given->records())
            if (record.state != core::KeyState::destroyed) {
                TONGKA_TRY(auto key, given->release(record.name));
                keys.push_back({record, std::move(key)});
            }
        TONGKA_CHECK(core::add_all(*store, keys));
        fmt::print("{}: {} keys of city {}\n", typed.store.where, keys.size(), core::to_text(store->owner()));
        return {};
    }
    TONGKA_TRY(const auto store, typed.store.open(random, core::Access::change));
    TONGKA_TRY(const auto added, core::import_prepared(*store, *given));
    std::vector<std::string> names;
    std::ranges::transform(added, std::back_inserter(names), [](const auto& name) { return core::to_text(name); });
    fmt::print("{}: added {}\n", typed.store.where, fmt::join(names, ", "));
    return {};
}

core::Result<core::Key> read_value(const Typed& typed, core::Algorithm algorithm) {
    TONGKA_TRY(auto text, read_pass(typed.value_file, fmt::format("key {} (hex)", typed.key), Pass::known));
    const auto size = core::key_size(algorithm);
    auto bytes = core::from_hex(std::string_view(reinterpret_cast<const char*>(text.data()), text.size()));
    if (!bytes || bytes->size() != size)
        return core::fail(fmt::format("{}: key {} is not {} bytes of hex", typed.value_file, typed.key, size));
    auto key = core::Key::create(algorithm, *bytes);
    std::ranges::fill(*bytes, core::Byte{0});
    return key;
}

core::Result<void> one_key(const Typed& typed, core::Random& random) {
    TONGKA_TRY(const auto algorithm, core::parse_algorithm(typed.algorithm));
    TONGKA_TRY(const auto name, core::parse_key_name(typed.key));
    TONGKA_TRY(const auto key, read_value(typed, algorithm));
    if (!typed.any_parity)
        TONGKA_CHECK(core::check_parity(key, fmt::format("key {} in {}", typed.key, typed.value_file)));
    core::KeyRecord record{.name = name, .algorithm = algorithm, .made = core::today(core::SystemClock())};
    if (!typed.check_value.empty()) {
        TONGKA_TRY(const auto check, core::from_hex(typed.check_value, record.check_value.size(), "--check-value"));
        std::ranges::copy(check, record.check_value.begin());
    }
    TONGKA_TRY(const auto store, typed.store.open(random, core::Access::change));
    TONGKA_CHECK(store->add(record, key));
    fmt::print("{}: key {}, check value {}\n", typed.store.where, typed.key, core::to_hex(core::check_value(key)));
    return {};
}

core::Result<void> import(const Typed& typed) {
    const int ways = !typed.components.empty() + !typed.from.where.empty() + !typed.key.empty();
    if (ways != 1)
        return core::fail("say what to import: --component FILE (two or more), --from FILE, or --key NAME");
    core::SystemRandom random;
    if (!typed.components.empty())
        return from_components(typed, random);
    if (!typed.from.where.empty())
        return from_centre(typed, random);
    return one_key(typed, random);
}

} // namespace

void add_import(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("import", "Keys from components, from the centre, or one key");
    typed->store.add_argument_to(*command);
    command->add_option("--component", typed->components, "A component file; all of them are needed")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("--component-pass-file", typed->component_passes, "Their pass phrases, in the same order")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command->add_option("--from", typed->from.where, "What `tongka keys export` made for this city")->type_name("FILE");
    command->add_option("--from-pass-file", typed->from.pass_file, "Its pass phrase")->type_name("FILE");
    command->add_option("--key", typed->key, "One key, by its name, such as DPK.03/03")->type_name("NAME");
    command->add_option("--value-file", typed->value_file, "File with its value in hex, which nobody but you may read")
        ->type_name("FILE");
    command->add_option("--check-value", typed->check_value, "What its check value must be")->type_name("HEX");
    command->add_option("--algorithm", typed->algorithm, "3des, des or sm4")
        ->check(CLI::IsMember({"3des", "des", "sm4"}));
    command->add_flag("--any-parity", typed->any_parity, "Take a key whose bytes have no odd parity");
    command->footer("Examples:\n"
                    "  tongka keys import national.keys --component a/component-1 --component b/component-2\n"
                    "  tongka keys import changchun.keys --from 2144.export\n"
                    "  tongka keys import national.keys --key DPK.03/03 --value-file key.hex --check-value 8CA64DE9");
    command->callback([typed, &exit_status] { exit_status = keys::exit_status(import(*typed), "keys import"); });
}

} // namespace tongka::cli::keys
