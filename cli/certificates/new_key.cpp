#include "cli/certificates/new_key.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "cli/certificates/files.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/no_core_file.hpp"

namespace tongka::cli::certificates {

namespace x509 = core::certificates;

static constexpr std::size_t shortest_new = 8;

core::Result<void> write_new_key(const std::string& key_file, const std::string& pass_file, const std::string& out,
                                 x509::Form form,
                                 const std::function<core::Result<core::Bytes>(const x509::PrivateKey&)>& make) {
    // Told before anybody types a pass phrase; write_new keeps the promise.
    for (const auto& file : {key_file, out})
        if (std::filesystem::exists(file))
            return core::fail(file + ": there is such a file already");
    TONGKA_TRY(const auto key, x509::PrivateKey::generate());
    TONGKA_TRY(const auto made, make(key));
    TONGKA_CHECK(core::forbid_core_files());
    TONGKA_TRY(const auto pass_phrase, get_pass_phrase(pass_file, key_file, Asked::twice));
    if (pass_phrase.size() < shortest_new)
        return core::fail(fmt::format("the pass phrase of a new key needs {} characters at least", shortest_new));
    TONGKA_TRY(const auto sealed, key.encrypted(text_of(pass_phrase), form));
    TONGKA_CHECK(write_new(key_file, sealed, Readers::owner));
    if (auto written = write_new(out, made, Readers::everybody); !written) {
        std::error_code ignored;
        std::filesystem::remove(key_file, ignored);
        return written;
    }
    return {};
}

} // namespace tongka::cli::certificates
