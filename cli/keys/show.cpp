#include <memory>

#include "cli/keys/command.hpp"
#include "cli/keys/commands.hpp"
#include "cli/pass_phrase.hpp"
#include "cli/table.hpp"
#include "core/hex.hpp"
#include "core/keys/open_store.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string store;
    std::string pass_file;
    std::string format = "text";
};

core::Result<std::string> table(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.store, Asked::once));
    TONGKA_TRY(const auto store, core::open_key_store(typed.store, pass, random));
    Table table{{"owner", "name", "algorithm", "state", "check_value", "made"}};
    for (const auto& record : store->records())
        table.rows.push_back({to_text(store->owner()), to_text(record.name), std::string(name(record.algorithm)),
                              std::string(name(record.state)), core::to_hex(record.check_value), record.made});
    return typed.format == "json" ? as_json(table) : as_text(table);
}

} // namespace

void add_keys_show(CLI::App& keys, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = keys.add_subcommand("show", "List the keys of a store by their check values; never a key");
    command->add_option("store", typed->store, "The key file or token")->required()->type_name("STORE");
    add_pass_file(*command, "--pass-file", typed->pass_file, "the store");
    command->add_option("--format", typed->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->footer("Example: tongka keys show cn.keys --format json");
    run_when_asked(*command, exit_status, [typed] { return table(*typed); });
}

} // namespace tongka::cli
