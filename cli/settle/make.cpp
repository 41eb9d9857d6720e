#include <memory>

#include <fmt/format.h>

#include "cli/settle/commands.hpp"
#include "cli/settle/input.hpp"
#include "cli/settle/output_folder.hpp"
#include "harness/clearing/lists.hpp"
#include "harness/clearing/traffic.hpp"

namespace tongka::cli {
namespace {

namespace clearing = harness::clearing;

constexpr int could_not_run = 2;

struct Typed {
    KeysOption keys;
    std::string layout = "FH";
    std::string cities;
    std::string date;
    std::string out;
    std::vector<std::string> planted;
    std::uint64_t records = 10'000;
    std::uint64_t seed = 1;
    unsigned jobs = all_processors();
};

core::Result<void> make(const Typed& typed) {
    clearing::TrafficSetup setup;
    TONGKA_TRY(const auto layouts, suite_layouts());
    TONGKA_TRY(const auto* layout, clearing::find_layout(layouts, typed.layout));
    if (!layout->has_transactions() || layout->kind == clearing::Layout::Kind::binary)
        return core::fail(fmt::format("layout {}: traffic is made in text layouts of transactions", layout->name));
    for (const auto& plant : typed.planted)
        TONGKA_CHECK(clearing::read_plant(plant, *layout, setup.planted));
    TONGKA_TRY(setup.date, day(typed.date, "--date"));
    core::SystemRandom random;
    TONGKA_TRY(const auto store, typed.keys.open(random));
    TONGKA_TRY(const auto keys, clearing::TacKeys::take(*store));
    if (const auto& owner = keys->owner()) {
        setup.cities = {*owner};
    } else {
        if (typed.cities.empty())
            return core::fail("--cities FILE is needed: the network's cities, a code of four digits a line");
        TONGKA_TRY(setup.cities, clearing::read_cities(typed.cities));
    }
    if (setup.cities.empty())
        return core::fail(fmt::format("{}: names no city", typed.cities));
    setup.keys = keys.get();
    setup.records = typed.records;
    setup.seed = typed.seed;
    setup.jobs = typed.jobs;
    setup.progress = percentage("Making");
    TONGKA_TRY(auto folder, OutputFolder::create(typed.out));
    TONGKA_TRY(const auto made, clearing::make_traffic(*layout, setup, folder.path()));
    TONGKA_CHECK(folder.commit());
    fmt::print("{} records in {} files; {} lines in planted.csv: {}\n", made.records, made.files, made.planted,
               typed.out);
    return {};
}

std::string plants_text() {
    std::string text = "Errors that can be planted (--plant KIND, KIND:COUNT, all:COUNT):\n";
    for (const auto& plant : clearing::plants())
        text += fmt::format("  {:<15} {} (found as {})\n", plant.name, plant.text.en, plant.found);
    return text;
}

} // namespace

void add_settle_make(CLI::App& settle, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = settle.add_subcommand("make", "Make a day's traffic, with planted errors if wished");
    typed->keys.add_to(*command);
    command->add_option("--records", typed->records, "How many")->capture_default_str();
    command->add_option("--cities", typed->cities, "The network's cities, a code a line")->type_name("FILE");
    command->add_option("--layout", typed->layout, "Layout of the files")->type_name("NAME")->capture_default_str();
    command->add_option("--date", typed->date, "The day (default: today)")->type_name("YYYYMMDD");
    command->add_option("--seed", typed->seed, "The same seed makes the same files")->capture_default_str();
    command->add_option("--plant", typed->planted, "An error to plant; may be given several times")
        ->type_name("KIND[:N]");
    command->add_option("--jobs", typed->jobs, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
    command->add_option("--out", typed->out, "A folder without files")->required()->type_name("DIR");
    command->footer(plants_text() + "\nExample: tongka settle make --keys cn.keys --cities cities.txt --records 100000 "
                                    "--plant all:3 --out upload");
    command->callback([typed, &exit_status] {
        auto end = make(*typed);
        if (!end)
            fmt::print(stderr, "tongka settle make: {}\n", end.error().message);
        exit_status = end ? 0 : could_not_run;
    });
}

} // namespace tongka::cli
