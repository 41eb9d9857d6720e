#include "cli/keys/custodians.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "cli/pass_phrase.hpp"
#include "core/keys/key_file.hpp"
#include "core/keys/locked_file.hpp"

namespace tongka::cli {

namespace fs = std::filesystem;

static core::Result<void> check_pass_files(std::size_t components, const std::vector<std::string>& pass_files) {
    if (!pass_files.empty() && pass_files.size() != components)
        return core::fail(fmt::format("{} components need {} files of pass phrases, one each; {} were named",
                                      components, components, pass_files.size()));
    return {};
}

core::Result<std::string> write_components(const std::string& folder, const core::KeyOwner& owner,
                                           const std::vector<core::KeyEntry>& keys, unsigned count,
                                           const std::vector<std::string>& pass_files, core::Random& random) {
    TONGKA_CHECK(check_pass_files(count, pass_files));
    std::vector<fs::path> paths;
    std::vector<core::PassPhrase> passes;
    for (unsigned i = 0; i < count; ++i) {
        paths.push_back(fs::path(folder) / fmt::format("component-{}-of-{}.keys", i + 1, count));
        TONGKA_TRY(auto pass,
                   get_pass_phrase(pass_files.empty() ? "" : pass_files[i], paths.back().string(), Asked::twice));
        if (std::ranges::find(passes, pass) != passes.end())
            return core::fail(
                fmt::format("component {} has the pass phrase of another one: each custodian has their own", i + 1));
        passes.push_back(std::move(pass));
    }
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return core::fail(folder + ": cannot be made: " + error.message());

    const auto sets = split_all(owner, keys, static_cast<core::Byte>(count), random);
    std::string lines;
    for (unsigned i = 0; i < count; ++i) {
        if (auto written = write_component_file(paths[i], sets[i], passes[i], random); !written) {
            for (unsigned done = 0; done < i; ++done)
                (void)core::destroy_key_file(paths[done]).has_value();
            return core::fail(written.error());
        }
        lines += fmt::format("{}: component {} of {} for {} keys of {}\n", paths[i].string(), i + 1, count, keys.size(),
                             to_text(owner));
    }
    return lines;
}

core::Result<std::vector<core::ComponentSet>> read_components(const std::vector<std::string>& files,
                                                              const std::vector<std::string>& pass_files) {
    TONGKA_CHECK(check_pass_files(files.size(), pass_files));
    std::vector<core::ComponentSet> sets;
    for (std::size_t i = 0; i < files.size(); ++i) {
        TONGKA_TRY(const auto pass, get_pass_phrase(pass_files.empty() ? "" : pass_files[i], files[i], Asked::once));
        TONGKA_TRY(auto set, core::read_component_file(files[i], pass));
        sets.push_back(std::move(set));
    }
    return sets;
}

} // namespace tongka::cli
