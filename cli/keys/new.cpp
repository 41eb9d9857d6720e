#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cli/keys/commands.hpp"
#include "cli/keys/store_option.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/component_file.hpp"

namespace tongka::cli::keys {
namespace {

struct Typed {
    StoreOption store;
    std::string algorithm = "3des";
};

core::Result<void> make(const Typed& typed) {
    TONGKA_TRY(const auto algorithm, core::parse_algorithm(typed.algorithm));
    core::SystemRandom random;
    TONGKA_TRY(const auto store, typed.store.create({}, random));
    TONGKA_CHECK(core::new_national_store(*store, random, algorithm));
    fmt::print("{}: {} keys of the national centre, generation 01 current, 02 prepared\n", typed.store.where,
               store->records().size());
    return {};
}

struct TypedComponents {
    std::string folder;
    unsigned count = 2;
    std::string algorithm = "3des";
    std::vector<std::string> pass_files;
};

core::Result<void> make_components(const TypedComponents& typed) {
    TONGKA_TRY(const auto algorithm, core::parse_algorithm(typed.algorithm));
    if (!typed.pass_files.empty() && typed.pass_files.size() != typed.count)
        return core::fail(fmt::format("{} components need {} pass phrases; --pass-file was given {} times", typed.count,
                                      typed.count, typed.pass_files.size()));
    core::SystemRandom random;
    std::vector<core::PassPhrase> passes;
    for (unsigned i = 0; i < typed.count; ++i) {
        TONGKA_TRY(auto pass, read_pass(typed.pass_files.empty() ? "" : typed.pass_files[i],
                                        fmt::format("component {} of {}", i + 1, typed.count), Pass::chosen));
        passes.push_back(std::move(pass));
    }
    const auto sets =
        core::split_all({}, core::new_national_keys(random, algorithm), static_cast<core::Byte>(typed.count), random);
    std::filesystem::create_directories(typed.folder);
    for (const auto& set : sets) {
        const auto path = std::filesystem::path(typed.folder) / fmt::format("component-{}", set.number);
        TONGKA_CHECK(core::write_component_file(path, set, passes[set.number - 1U], random));
        fmt::print("{}: component {} of {}, {} keys\n", path.string(), set.number, set.count, set.components.size());
    }
    return {};
}

} // namespace

void add_new(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto parts = std::make_shared<TypedComponents>();
    auto* command = parent.add_subcommand("new", "New keys of the national centre: every kind, two generations");
    typed->store.add_argument_to(*command);
    command->add_option("--algorithm", typed->algorithm, "3des or sm4")->check(CLI::IsMember({"3des", "sm4"}));
    command->footer("Example: tongka keys new national.keys --pass-file national.pass");
    command->callback([typed, &exit_status] { exit_status = keys::exit_status(make(*typed), "keys new"); });

    auto* components = parent.add_subcommand(
        "components", "New keys of the national centre as components, one file for each custodian (dual control)");
    components->add_option("folder", parts->folder, "Where the component files go")->required()->type_name("DIR");
    components->add_option("--count", parts->count, "How many custodians")->check(CLI::Range(2, 9));
    components->add_option("--algorithm", parts->algorithm, "3des or sm4")->check(CLI::IsMember({"3des", "sm4"}));
    components
        ->add_option("--pass-file", parts->pass_files,
                     "The custodians' pass phrases, one file each, in order (default: asked for)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    components->footer("No whole key is written. `tongka keys import FILE --component …` brings them together.\n"
                       "Example: tongka keys components ceremony --count 3");
    components->callback(
        [parts, &exit_status] { exit_status = keys::exit_status(make_components(*parts), "keys components"); });
}

} // namespace tongka::cli::keys
