#include "evidence/package/derived.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>

#include <fmt/format.h>

namespace tongka::evidence {

namespace fs = std::filesystem;

core::Result<TemporaryFolder> TemporaryFolder::make() {
    std::error_code error;
    const auto place = fs::temp_directory_path(error);
    auto name = ((error ? fs::path("/tmp") : place) / "tongka-evidence-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        return core::fail(fmt::format("{}: cannot be made: {}", name, std::strerror(errno)));
    return TemporaryFolder(name);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& from) noexcept : path_(std::exchange(from.path_, {})) {}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty())
        fs::remove_all(path_, ignored);
}

core::Result<Derived> Derived::from(const fs::path& record, core::Language language, bool case_pages) {
    TONGKA_TRY(auto folder, TemporaryFolder::make());
    TONGKA_TRY(auto summary,
               reports::write_reports(
                   record, folder.path(),
                   {.language = language, .one_page = case_pages ? 0 : std::numeric_limits<std::size_t>::max()}));
    Derived derived{std::move(folder), std::move(summary), {}};
    for (const auto& entry : fs::recursive_directory_iterator(derived.folder.path()))
        if (entry.is_regular_file())
            derived.files.push_back(fs::relative(entry.path(), derived.folder.path()).generic_string());
    std::ranges::sort(derived.files);
    return derived;
}

} // namespace tongka::evidence
