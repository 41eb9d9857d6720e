#pragma once

#include <string>

#include <CLI/App.hpp>

#include "core/certificates/issuer.hpp"

namespace tongka::cli::certificates {

/// Options that several subcommands share; each `add_…` declares them on one.
struct PassFile {
    std::string file;
    void add_to(CLI::App& command);
};

struct FormOption {
    std::string form = "pem";
    void add_to(CLI::App& command);
    [[nodiscard]] core::certificates::Form value() const;
};

/// From when, and for how many days.
struct ValidityOption {
    std::string from;
    unsigned days = 0;
    void add_to(CLI::App& command, const std::string& days_by_default);

    /// `days_by_default` where none were given.
    [[nodiscard]] core::Result<core::certificates::Validity> value(core::Clock::Time now,
                                                                   unsigned days_by_default) const;
};

/// Certificate and key of who signs.
struct IssuerOption {
    std::string certificate;
    std::string key;
    PassFile pass;
    void add_to(CLI::App& command);
    [[nodiscard]] core::Result<core::certificates::Issuer> read() const;
};

/// Exit status of a subcommand that only can or cannot: 0 or 2, where one line on the standard error tells why.
[[nodiscard]] int exit_status(const core::Result<void>& done, std::string_view command);

} // namespace tongka::cli::certificates
