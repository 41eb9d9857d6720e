#include "harness/language/loader.hpp"

#include <algorithm>
#include <map>
#include <system_error>

#include <fmt/format.h>

#include "core/document/parse.hpp"
#include "harness/language/reader.hpp"
#include "harness/language/resolve.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;
namespace fs = std::filesystem;

using Paths = std::vector<fs::path>;

/// What is in a folder, in the order of names: files that end with `.yaml`, or folders.
Result<Paths> list(const fs::path& folder, bool folders) {
    std::error_code error;
    Paths paths;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (folders ? at->is_directory(ignored) : at->path().extension() == ".yaml")
            paths.push_back(at->path());
    }
    if (error)
        return fail(fmt::format("{}: cannot be read: {}", folder.string(), error.message()));
    std::ranges::sort(paths);
    return paths;
}

/// Takes in files one by one, then checks the whole.
class Loader {
public:
    Result<void> add_cases(const Node& file, const std::string& standard) {
        TONGKA_TRY(const auto* items, file.as_list("a file of cases"));
        for (const auto& item : *items) {
            TONGKA_TRY(auto of, read_case(item, standard));
            const auto [first, is_new] = places_.emplace(standard + '/' + of.id, of.place);
            if (!is_new)
                return fail(item.error(fmt::format("there is a case '{}' already, at {}", of.id, first->second)));
            suite_.cases.push_back(std::move(of));
        }
        return {};
    }

    Result<void> add_procedures(const Node& file) {
        TONGKA_TRY(const auto* items, file.as_list("a file of procedures"));
        for (const auto& item : *items) {
            TONGKA_TRY(auto procedure, read_procedure(item));
            auto name = procedure.name;
            const auto [first, is_new] = suite_.procedures.try_emplace(std::move(name), std::move(procedure));
            if (!is_new)
                return fail(item.error(
                    fmt::format("there is a procedure '{}' already, at {}", first->first, first->second.place)));
        }
        return {};
    }

    Result<Suite> finish() && {
        TONGKA_CHECK(resolve(suite_));
        return std::move(suite_);
    }

private:
    Suite suite_;
    std::map<std::string, std::string> places_; ///< of cases, by standard and id
};

} // namespace

Result<Suite> load_suite(const fs::path& folder) {
    TONGKA_TRY(const auto standards, list(folder / "cases", true));
    TONGKA_TRY(const auto procedures, list(folder / "procedures", false));
    Paths cases;
    for (const auto& standard : standards) {
        TONGKA_TRY(const auto files, list(standard, false));
        cases.insert(cases.end(), files.begin(), files.end());
    }
    return load_suite(cases, procedures);
}

Result<Suite> load_suite(const Paths& cases, const Paths& procedures) {
    Loader loader;
    for (const auto& path : procedures) {
        TONGKA_TRY(const auto file, core::document::read(path));
        TONGKA_CHECK(loader.add_procedures(file));
    }
    for (const auto& path : cases) {
        TONGKA_TRY(const auto file, core::document::read(path));
        TONGKA_CHECK(loader.add_cases(file, fs::absolute(path).parent_path().filename().string()));
    }
    return std::move(loader).finish();
}

Result<Suite> parse_suite(const std::vector<CaseText>& cases, const std::vector<CaseText>& procedures) {
    Loader loader;
    for (const auto& [text, name, standard] : procedures) {
        TONGKA_TRY(const auto file, core::document::parse(text, name));
        TONGKA_CHECK(loader.add_procedures(file));
    }
    for (const auto& [text, name, standard] : cases) {
        TONGKA_TRY(const auto file, core::document::parse(text, name));
        TONGKA_CHECK(loader.add_cases(file, standard));
    }
    return std::move(loader).finish();
}

} // namespace tongka::harness
