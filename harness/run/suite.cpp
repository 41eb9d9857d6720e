#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "harness/language/loader.hpp"
#include "harness/run/run.hpp"

namespace tongka::harness {
namespace {

namespace fs = std::filesystem;

core::BytesView as_bytes(std::string_view text) {
    return {reinterpret_cast<const core::Byte*>(text.data()), text.size()};
}

core::Result<std::string> digest_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const char* part : {"catalogue", "cases", "procedures"})
        for (const auto& entry : fs::recursive_directory_iterator(folder / part))
            if (entry.path().extension() == ".yaml")
                files.push_back(entry.path());
    std::ranges::sort(files);
    core::Sha256 hash;
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        if (!file)
            return core::fail(fmt::format("{}: cannot be read", path.string()));
        hash.update(as_bytes(fs::relative(path, folder).generic_string()));
        hash.update(as_bytes(std::string_view("\0", 1)));
        hash.update(core::sha256(as_bytes(text.str())));
    }
    return core::to_hex(hash.finish());
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
