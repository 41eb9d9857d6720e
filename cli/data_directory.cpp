#include "cli/data_directory.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace tongka::cli {

std::filesystem::path data_directory() {
    if (const char* told = std::getenv("TONGKA_DATA"); told != nullptr && *told != '\0')
        return told;
    std::error_code error;
    auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    auto installed = program.parent_path().parent_path() / "share" / "tongka" / "testcases";
    if (!error && std::filesystem::is_directory(installed, error))
        return installed;
    return TONGKA_BUILT_FROM "/testcases";
}

core::Result<std::filesystem::path> find_profile(const std::string& name_or_path) {
    std::filesystem::path path(name_or_path);
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error))
        return path;
    bool is_name = path.filename() == path && path.extension().empty();
    auto named = data_directory() / "profiles" / (name_or_path + ".yaml");
    if (is_name && std::filesystem::is_regular_file(named, error))
        return named;
    if (is_name)
        return core::fail(fmt::format("there is no profile \"{}\" (looked for {})", name_or_path, named.native()));
    return core::fail(fmt::format("{}: cannot be read", name_or_path));
}

} // namespace tongka::cli
