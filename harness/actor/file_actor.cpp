#include "harness/actor/file_actor.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/clock.hpp"
#include "core/hex.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/random.hpp"
#include "harness/actor/file_deviation.hpp"
#include "harness/actor/file_finds.hpp"
#include "harness/actor/file_matches.hpp"
#include "harness/actor/simulated_files.hpp"
#include "harness/actor/work_folder.hpp"

namespace tongka::harness {

using namespace clearing;
namespace fs = std::filesystem;

namespace {

class FileActor final : public Actor {
public:
    FileActor(ActorIdentity identity, std::unique_ptr<FileSet> set, std::shared_ptr<core::KeyStore> store,
              std::unique_ptr<TacKeys> keys, std::array<core::Byte, 7> latest)
        : identity_(std::move(identity)), set_(std::move(set)), store_(std::move(store)), keys_(std::move(keys)),
          judged_(*set_, keys_.get(), latest) {}

    [[nodiscard]] const ActorIdentity& identity() const override { return identity_; }
    [[nodiscard]] core::Result<void> begin() override { return {}; } // files do not change
    [[nodiscard]] core::Result<void> restart() override { return {}; }

    [[nodiscard]] core::Result<Values> act(std::string_view action, const Values& arguments, const Lines&) override {
        if (action == "files")
            return files(std::string(arguments.word("layout")));
        if (action == "find") {
            TONGKA_TRY(const auto found,
                       find_in_files(*set_, judged_, std::string(arguments.word("layout")), arguments.word("what")));
            Values results;
            tell(results, found);
            return results;
        }
        if (action == "match") {
            TONGKA_TRY(const auto match, match_files(*set_, judged_, arguments.word("what")));
            Values results;
            results.set_number("compared", match.compared);
            tell(results, match.differ);
            return results;
        }
        if (action == "settled")
            return settled(arguments);
        return core::fail(fmt::format("a file has no action '{}'", action));
    }

private:
    static void tell(Values& results, const std::vector<Sight>& found) {
        results.set_number("found", static_cast<std::uint32_t>(found.size()));
        if (!found.empty())
            results.set_word("first", found[0].message());
    }

    core::Result<Values> files(const std::string& layout) {
        const auto files = set_->of(layout);
        std::size_t records = 0;
        for (const auto* file : files)
            records += file->records.size();
        Values results;
        results.set_number("files", static_cast<std::uint32_t>(files.size()));
        results.set_number("records", static_cast<std::uint32_t>(records));
        results.set_word("keys", judged_.has_keys() ? "yes" : "no");
        return results;
    }

    core::Result<Values> settled(const Values& arguments) {
        TONGKA_TRY(const auto made, settled_of(*set_, arguments.word("layout"), arguments.word("plant")));
        Values results;
        results.set_number("planted", made.planted);
        results.set_number("told", made.told);
        results.set_number("refused", made.refused);
        results.set_number("paid", made.paid);
        if (made.codes.size() == 1)
            results.set("code",
                        core::Bytes{static_cast<core::Byte>(made.codes[0] / 10 % 10 << 4 | made.codes[0] % 10)});
        return results;
    }

    ActorIdentity identity_;
    std::unique_ptr<FileSet> set_;
    std::shared_ptr<core::KeyStore> store_; ///< must outlive keys_
    std::unique_ptr<TacKeys> keys_;
    JudgedFiles judged_;
};

std::string text_of(std::size_t files) {
    return fmt::format("{} file{}", files, files == 1 ? "" : "s");
}

} // namespace

core::Result<std::unique_ptr<Actor>> open_files(const std::string& path, const OpenOptions& options) {
    TONGKA_TRY(auto layouts, load_layouts(options.files.layouts));
    TONGKA_TRY(auto set, FileSet::load(path, std::move(layouts), options.files.layout));
    std::unique_ptr<TacKeys> keys;
    if (options.files.keys) {
        TONGKA_TRY(keys, TacKeys::take(*options.files.keys));
    }
    const auto today = core::to_bcd(std::chrono::floor<std::chrono::seconds>(core::SystemClock().now()) +
                                    std::chrono::hours(8)); // China Standard Time
    std::array<core::Byte, 7> latest{0, 0, 0, 0, 0x23, 0x59, 0x59};
    std::ranges::copy(today.date, latest.begin());
    ActorIdentity identity{.spec = path, .name = text_of(set->size()), .version = {}, .sha256 = {}};
    return std::make_unique<FileActor>(std::move(identity), std::move(set), options.files.keys, std::move(keys),
                                       latest);
}

core::Result<std::unique_ptr<Actor>> simulate_files(const OpenOptions& options) {
    TONGKA_TRY(const auto layouts, load_layouts(options.files.layouts));
    TONGKA_TRY(const auto folder, WorkFolder::create(fs::temp_directory_path()));
    auto store = std::make_shared<core::MemoryKeyStore>(core::KeyOwner{});
    core::SeededRandom random(options.seed);
    TONGKA_CHECK(core::new_national_store(*store, random, core::Algorithm::triple_des));
    TONGKA_TRY(auto keys, TacKeys::take(*store));
    TONGKA_CHECK(make_simulated_files(layouts, *keys, options.seed, folder->path()));
    TONGKA_TRY(auto set, FileSet::load(folder->path(), layouts, {}));
    if (!options.deviation.empty()) {
        const auto all = file_deviations();
        const auto found = std::ranges::find(all, options.deviation, &FileDeviation::name);
        if (found == all.end())
            return core::fail(fmt::format("files have no deviation '{}'", options.deviation));
        (*found)->spoil(FileSpoiler(*set));
        TONGKA_TRY(set, FileSet::load(folder->path(), layouts, {}));
    }
    ActorIdentity identity{.spec = "sim:file", .name = text_of(set->size()), .version = {}, .sha256 = {}};
    return std::make_unique<FileActor>(std::move(identity), std::move(set), std::move(store), std::move(keys),
                                       end_of_simulated_day);
}

} // namespace tongka::harness
