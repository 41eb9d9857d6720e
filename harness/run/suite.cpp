#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/crypto/suite_digest.hpp"
#include "harness/language/loader.hpp"
#include "harness/run/run.hpp"

namespace tongka::harness {
namespace {

namespace fs = std::filesystem;

core::BytesView as_bytes(std::string_view text) {
    return {reinterpret_cast<const core::Byte*>(text.data()), text.size()};
}

core::Result<std::string> digest_of(const fs::path& folder) {
    core::SuiteFiles files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto in_suite = fs::relative(entry.path(), folder);
        if (!core::is_suite_file(in_suite))
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        if (!file)
            return core::fail(fmt::format("{}: cannot be read", entry.path().string()));
        files.emplace(in_suite, core::sha256(as_bytes(text.str())));
    }
    return core::suite_digest(files);
}

} // namespace

core::Result<LoadedSuite> LoadedSuite::load(const fs::path& folder) {
    std::error_code error;
    for (const char* part : {"catalogue", "cases", "procedures"})
        if (!fs::is_directory(folder / part, error))
            return core::fail(fmt::format("{}: no such folder; a suite has catalogue, cases and procedures",
                                          (folder / part).string()));
    TONGKA_TRY(auto catalogue, Catalogue::load(folder / "catalogue"));
    TONGKA_TRY(auto suite, load_suite(folder));
    TONGKA_TRY(auto sha256, digest_of(folder));
    return LoadedSuite{std::move(suite), std::move(catalogue), std::move(sha256), folder};
}

} // namespace tongka::harness
