#include "cli/settle/input.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "core/bcd.hpp"
#include "core/clock.hpp"
#include "core/hex.hpp"
#include "harness/clearing/lists.hpp"

namespace tongka::cli {

namespace clearing = harness::clearing;

core::Result<std::vector<clearing::Layout>> suite_layouts() {
    return clearing::load_layouts(data_directory() / "clearing");
}

core::Result<const clearing::Layout*> choose_layout(const std::vector<clearing::Layout>& layouts,
                                                    const std::string& name, const std::filesystem::path& file) {
    if (!name.empty())
        return clearing::find_layout(layouts, name);
    if (const auto* guessed = clearing::guess_layout(layouts, file))
        return guessed;
    return core::fail(
        fmt::format("{}: the name does not tell the layout: give --layout (tongka settle layouts)", file.native()));
}

core::Result<std::array<core::Byte, 4>> day(const std::string& text, std::string_view option) {
    std::array<core::Byte, 4> made{};
    if (text.empty()) {
        const auto now = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now());
        made = core::to_bcd(std::chrono::sys_seconds(now) + std::chrono::hours(8)).date;
        return made;
    }
    const auto bytes = core::from_hex(text);
    if (!bytes || !core::read_bcd_date(*bytes))
        return core::fail(fmt::format("{} {}: is no date YYYYMMDD", option, text));
    std::ranges::copy(*bytes, made.begin());
    return made;
}

unsigned all_processors() {
    return std::max(std::thread::hardware_concurrency(), 1U);
}

std::function<void(double)> percentage(const std::string& what) {
    if (::isatty(STDERR_FILENO) == 0)
        return [](double) {};
    return [what](double done) {
        fmt::print(stderr, "\r{} {:3.0f} %", what, 100 * done);
        if (done >= 1)
            fmt::print(stderr, "\r\033[K");
    };
}

void SettleInput::add_files_to(CLI::App& command) {
    command.add_option("files", paths_, "Files, or folders of files")->required()->type_name("FILE");
    command.add_option("--layout", layout_name_, "Their layout (default: what the first file's name tells)")
        ->type_name("NAME");
}

void SettleInput::add_to(CLI::App& command) {
    add_files_to(command);
    keys_.add_to(command);
    command.add_option("--blacklist", blacklist_, "Cards that must not pay")->type_name("FILE");
    command.add_option("--blacklist-layout", blacklist_layout_, "Layout of the blacklist")
        ->type_name("NAME")
        ->capture_default_str();
    command
        .add_option("--cities", cities_, "The network's cities, a code a line (default: all that there is a key of)")
        ->type_name("FILE");
    command.add_option("--date", date_, "Later transactions are in the future (default: today, China Standard Time)")
        ->type_name("YYYYMMDD");
    command.add_option("--jobs", jobs_, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
    command.add_option("--temp", temp_, "A folder with room for what does not fit into memory (default: $TMPDIR)")
        ->type_name("DIR");
}

core::Result<void> SettleInput::find_files() {
    for (const std::filesystem::path path : paths_) {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            files_.push_back(path);
            continue;
        }
        std::vector<std::filesystem::path> inside;
        for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
            const auto* guessed = clearing::guess_layout(layouts_, entry.path());
            const bool wanted = layout_name_.empty() ? guessed && guessed->has_transactions()
                                                     : guessed && guessed->name == layout_name_;
            if (entry.is_regular_file() && wanted)
                inside.push_back(entry.path());
        }
        if (inside.empty())
            return core::fail(
                fmt::format("{}: holds no file whose name is that of {}", path.native(),
                            layout_name_.empty() ? "a layout of transactions" : "layout " + layout_name_));
        std::ranges::sort(inside);
        files_.insert(files_.end(), inside.begin(), inside.end());
    }
    return {};
}

core::Result<clearing::Terms> SettleInput::terms() {
    clearing::Terms terms;
    TONGKA_TRY(const auto last_day, day(date_, "--date"));
    std::ranges::copy(last_day, terms.latest.begin());
    terms.latest[4] = 0x23, terms.latest[5] = terms.latest[6] = 0x59;
    if (!cities_.empty()) {
        TONGKA_TRY(const auto cities, clearing::read_cities(cities_));
        terms.cities.emplace(cities.begin(), cities.end());
    }
    if (!blacklist_.empty()) {
        TONGKA_TRY(const auto* layout, clearing::find_layout(layouts_, blacklist_layout_));
        clearing::Layout any_name = *layout;
        any_name.file_name.clear();
        TONGKA_TRY(terms.blacklist,
                   clearing::read_blacklist(blacklist_, any_name, [this](const clearing::Fault& fault) {
                       fmt::print(stderr, "{}: {}\n", blacklist_, fault.message());
                   }));
    }
    TONGKA_TRY(store_, keys_.open(random_));
    TONGKA_TRY(tac_keys_, clearing::TacKeys::take(*store_));
    terms.keys = tac_keys_.get();
    return terms;
}

core::Result<void> SettleInput::find() {
    TONGKA_TRY(layouts_, suite_layouts());
    TONGKA_CHECK(find_files());
    TONGKA_TRY(layout_, choose_layout(layouts_, layout_name_, files_.front()));
    return {};
}

core::Result<clearing::Findings> SettleInput::check() {
    TONGKA_CHECK(find());
    clearing::CheckSetup setup;
    TONGKA_TRY(setup.terms, terms());
    setup.temp = temp_.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(temp_);
    setup.jobs = jobs_;
    setup.progress = percentage("Checking");
    return clearing::check(files_, *layout_, setup);
}

} // namespace tongka::cli
