#include <memory>

#include <fmt/format.h>

#include "cli/keys/commands.hpp"
#include "cli/keys/store_option.hpp"
#include "cli/table.hpp"
#include "core/hex.hpp"

namespace tongka::cli::keys {
namespace {

struct Typed {
    StoreOption store;
    std::string format = "text";
};

core::Result<void> show(const Typed& typed) {
    core::SystemRandom random;
    TONGKA_TRY(const auto store, typed.store.open(random, core::Access::read));
    Table table{{"owner", "key", "algorithm", "state", "check value", "made"}};
    for (const auto& record : store->records())
        table.rows.push_back({core::to_text(store->owner()), core::to_text(record.name),
                              std::string(core::name(record.algorithm)), std::string(core::name(record.state)),
                              core::to_hex(record.check_value), record.made});
    fmt::print("{}", typed.format == "json" ? as_json(table) : as_text(table));
    return {};
}

} // namespace

void add_show(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("show", "Which keys there are, by check value");
    typed->store.add_argument_to(*command);
    command->add_option("--format", typed->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->footer("A check value is the left 4 bytes of the key's encryption of a block of zeros.\n"
                    "Example: tongka keys show national.keys --pass-file national.pass");
    command->callback([typed, &exit_status] { exit_status = keys::exit_status(show(*typed), "keys show"); });
}

} // namespace tongka::cli::keys
