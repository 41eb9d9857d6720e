#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <CLI/App.hpp>

#include "core/keys/open_store.hpp"

namespace tongka::cli::keys {

/// The pass phrase in `file`, or one that is typed; `what` names the keys in the question. Of new keys it is asked for
/// twice, and has 8 characters at least.
enum class Pass { known, chosen };
[[nodiscard]] core::Result<core::PassPhrase> read_pass(const std::string& file, const std::string& what, Pass pass);

/// Where keys are, and what they are locked with.
struct StoreOption {
    std::string where;
    std::string pass_file;

    /// Declares FILE (or `--keys FILE`) and --pass-file.
    void add_argument_to(CLI::App& command);
    void add_option_to(CLI::App& command);

    [[nodiscard]] bool is_token() const { return where.starts_with("pkcs11:"); }
    [[nodiscard]] core::Result<std::unique_ptr<core::KeyStore>> open(core::Random& random, core::Access access) const;
    [[nodiscard]] core::Result<std::unique_ptr<core::KeyStore>> create(core::KeyOwner owner,
                                                                       core::Random& random) const;
};

/// Exit status of a subcommand that only can or cannot: 0, or 2 where one line on the standard error tells why.
[[nodiscard]] int exit_status(const core::Result<void>& done, std::string_view command);

} // namespace tongka::cli::keys
