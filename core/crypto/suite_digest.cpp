#include "core/crypto/suite_digest.hpp"

#include "core/hex.hpp"

namespace tongka::core {

bool is_suite_file(const std::filesystem::path& in_suite) {
    const auto folder = in_suite.begin()->string();
    return in_suite.extension() == ".yaml" && (folder == "catalogue" || folder == "cases" || folder == "procedures");
}

std::string suite_digest(const SuiteFiles& files) {
    Sha256 hash;
    for (const auto& [path, digest] : files) {
        const auto name = path.generic_string();
        hash.update({reinterpret_cast<const Byte*>(name.c_str()), name.size() + 1});
        hash.update(digest);
    }
    return to_hex(hash.finish());
}

} // namespace tongka::core
