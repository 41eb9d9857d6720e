#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/certificates/commands.hpp"
#include "cli/certificates/files.hpp"
#include "cli/certificates/options.hpp"

namespace tongka::cli::certificates {
namespace {

namespace x509 = core::certificates;

constexpr unsigned city_days = 3650;
constexpr unsigned device_days = 1825;

struct Typed {
    std::string request;
    std::string kind;
    std::string out;
    IssuerOption issuer;
    ValidityOption validity;
    FormOption form;
};

core::Result<void> run(const Typed& typed, core::Clock::Time now) {
    TONGKA_TRY(const auto request, read_as(typed.request, x509::Request::read));
    // Who signs says what it is to be: a device must not become a city by asking to.
    if (name(request.subject().kind) != typed.kind)
        return core::fail(
            fmt::format("{}: asks for a {}, not a {}", typed.request, name(request.subject().kind), typed.kind));
    TONGKA_TRY(const auto issuer, typed.issuer.read());
    const auto days = x509::is_authority(request.subject().kind) ? city_days : device_days;
    TONGKA_TRY(const auto validity, typed.validity.value(now, days));
    TONGKA_TRY(const auto certificate, x509::issue(request, validity, issuer));
    return write_new(typed.out, certificate.encoded(typed.form.value()), Readers::everybody);
}

} // namespace

void add_issue(CLI::App& parent, const core::Clock& clock, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("issue", "Issue the certificate that a request asks for");
    command->add_option("--request", typed->request, "The request")->required();
    command->add_option("--as", typed->kind, "What it is to be: city (of a root), card, psam or terminal (of a city)")
        ->required()
        ->check(CLI::IsMember({"city", "card", "psam", "terminal"}));
    command->add_option("--out", typed->out, "New file for the certificate")->required();
    typed->issuer.add_to(*command);
    typed->validity.add_to(*command, fmt::format("{} for a city, {} for a device", city_days, device_days));
    typed->form.add_to(*command);
    command->footer(
        "Example: tongka certificates issue --request city.csr --as city --issuer root.pem --issuer-key root.key "
        "--out city.pem");
    command->callback(
        [typed, &clock, &exit_status] { exit_status = certificates::exit_status(run(*typed, clock.now()), "issue"); });
}

} // namespace tongka::cli::certificates
