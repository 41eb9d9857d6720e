#include "cli/certificates/new_key.hpp"

#include <filesystem>

#include "cli/certificates/files.hpp"
#include "cli/pass_phrase.hpp"

namespace tongka::cli::certificates {

namespace x509 = core::certificates;

core::Result<void> write_new_key(const std::string& key_file, const std::string& pass_file, const std::string& out,
                                 x509::Form form,
                                 const std::function<core::Result<core::Bytes>(const x509::PrivateKey&)>& make) {
    // Told before anybody types a pass phrase; write_new keeps the promise.
    for (const auto& file : {key_file, out})
        if (std::filesystem::exists(file))
            return core::fail(file + ": there is such a file already");
    TONGKA_TRY(const auto key, x509::PrivateKey::generate());
    TONGKA_TRY(const auto made, make(key));
    TONGKA_TRY(const auto pass_phrase, PassPhrase::read_new(pass_file, key_file));
    TONGKA_TRY(const auto sealed, key.encrypted(pass_phrase.text(), form));
    TONGKA_CHECK(write_new(key_file, sealed, Readers::owner));
    if (auto written = write_new(out, made, Readers::everybody); !written) {
        std::error_code ignored;
        std::filesystem::remove(key_file, ignored);
        return written;
    }
    return {};
}

} // namespace tongka::cli::certificates
