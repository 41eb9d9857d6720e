#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/certificates/commands.hpp"
#include "cli/certificates/files.hpp"
#include "cli/certificates/options.hpp"
#include "core/certificates/revocation_list.hpp"

namespace tongka::cli::certificates {
namespace {

namespace x509 = core::certificates;

constexpr unsigned list_days = 30;

struct Typed {
    std::string certificate;
    std::string list;
    std::string reason = "unspecified";
    IssuerOption issuer;
    ValidityOption validity;
    FormOption form;
};

core::Result<void> run(const Typed& typed, const core::Clock& clock) {
    TONGKA_TRY(const auto certificate, read_as(typed.certificate, x509::Certificate::read));
    TONGKA_TRY(const auto issuer, typed.issuer.read());
    const auto reason = x509::reason_named(typed.reason).value();
    TONGKA_TRY(const auto lock, lock_folder(typed.list));
    // The time is read under the lock: another call may have extended the list since this one began.
    TONGKA_TRY(const auto validity, typed.validity.value(clock.now(), list_days));
    TONGKA_TRY(const auto next, read_as(typed.list, [&](core::BytesView file) -> core::Result<x509::RevocationList> {
                   TONGKA_TRY(const auto old, x509::RevocationList::read(file));
                   return old.next(issuer, validity, &certificate, reason);
               }));
    return replace(typed.list, next.encoded(typed.form.value()));
}

} // namespace

void add_revoke(CLI::App& parent, const core::Clock& clock, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("revoke", "Put a certificate on its issuer's revocation list");
    command->add_option("--certificate", typed->certificate, "The certificate that is to hold no longer")->required();
    command->add_option("--list", typed->list, "The issuer's list, which `crl --new` made")->required();
    command->add_option("--reason", typed->reason, "Why")
        ->check(CLI::IsMember(x509::reason_names()))
        ->capture_default_str();
    typed->issuer.add_to(*command);
    typed->validity.add_to(*command, std::to_string(list_days));
    typed->form.add_to(*command);
    command->footer(
        "Example: tongka certificates revoke --certificate card.pem --reason key-compromise --list city.crl "
        "--issuer city.pem --issuer-key city.key");
    command->callback(
        [typed, &clock, &exit_status] { exit_status = certificates::exit_status(run(*typed, clock), "revoke"); });
}

} // namespace tongka::cli::certificates
