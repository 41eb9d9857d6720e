#include "cli/certificates/options.hpp"

#include <fmt/format.h>

#include "cli/certificates/files.hpp"
#include "cli/pass_phrase.hpp"
#include "core/keys/no_core_file.hpp"

namespace tongka::cli::certificates {

namespace x509 = core::certificates;

void PassFile::add_to(CLI::App& command) {
    command.add_option(
        "--pass-file", file,
        "File with the private key's pass phrase, readable by you alone (default: asks on the terminal)");
}

void FormOption::add_to(CLI::App& command) {
    command.add_option("--form", form, "Form of what is written: pem or der")
        ->check(CLI::IsMember({"pem", "der"}))
        ->capture_default_str();
}

x509::Form FormOption::value() const {
    return form == "der" ? x509::Form::der : x509::Form::pem;
}

void ValidityOption::add_to(CLI::App& command, const std::string& days_by_default) {
    command.add_option("--from", from, "First second, such as 2026-11-23 or 2026-11-23T08:00:00Z (default: now)");
    command.add_option("--days", days, "Days it holds (default: " + days_by_default + ")")->check(CLI::Range(1, 36500));
}

core::Result<x509::Validity> ValidityOption::value(core::Clock::Time now, unsigned days_by_default) const {
    x509::Validity validity{now, now};
    if (!from.empty()) {
        auto time = x509::read_time(from);
        if (!time)
            return core::fail(time.error().at("--from"));
        validity.from = *time;
    }
    validity.from = std::chrono::floor<std::chrono::seconds>(validity.from);
    validity.to = validity.from + std::chrono::hours(24) * (days != 0 ? days : days_by_default);
    return validity;
}

void IssuerOption::add_to(CLI::App& command) {
    command.add_option("--issuer", certificate, "Certificate of who signs")->required();
    command.add_option("--issuer-key", key, "Its private key, encrypted")->required();
    pass.add_to(command);
}

core::Result<x509::Issuer> IssuerOption::read() const {
    TONGKA_TRY(auto issuer, read_as(certificate, x509::Certificate::read));
    TONGKA_CHECK(core::forbid_core_files());
    TONGKA_TRY(const auto pass_phrase, get_pass_phrase(pass.file, key, Asked::once));
    TONGKA_TRY(auto private_key,
               read_as(key, [&](core::BytesView file) { return x509::PrivateKey::read(file, text_of(pass_phrase)); }));
    return x509::Issuer::create(std::move(issuer), std::move(private_key));
}

int exit_status(const core::Result<void>& done, std::string_view command) {
    if (!done)
        fmt::print(stderr, "tongka certificates {}: {}\n", command, done.error().message);
    return done ? 0 : 2;
}

} // namespace tongka::cli::certificates
