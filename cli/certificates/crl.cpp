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
    std::string list;
    bool is_new = false;
    IssuerOption issuer;
    ValidityOption validity;
    FormOption form;
};

core::Result<void> run(const Typed& typed, const core::Clock& clock) {
    TONGKA_TRY(const auto issuer, typed.issuer.read());
    if (typed.is_new) {
        TONGKA_TRY(const auto validity, typed.validity.value(clock.now(), list_days));
        TONGKA_TRY(const auto first, x509::RevocationList::create(issuer, validity));
        return write_new(typed.list, first.encoded(typed.form.value()), Readers::everybody);
    }
    TONGKA_TRY(const auto lock, lock_folder(typed.list));
    // As for `revoke`: the time is read under the lock.
    TONGKA_TRY(const auto validity, typed.validity.value(clock.now(), list_days));
    TONGKA_TRY(const auto next, read_as(typed.list, [&](core::BytesView file) -> core::Result<x509::RevocationList> {
                   TONGKA_TRY(const auto old, x509::RevocationList::read(file));
                   return old.next(issuer, validity);
               }));
    return replace(typed.list, next.encoded(typed.form.value()));
}

} // namespace

void add_crl(CLI::App& parent, const core::Clock& clock, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("crl", "Make an issuer's first revocation list, or renew the one it has");
    command->add_option("--list", typed->list, "The list: read, extended and written back")->required();
    command->add_flag("--new", typed->is_new, "Make the first list; a list that is missing is an error otherwise");
    typed->issuer.add_to(*command);
    typed->validity.add_to(*command, std::to_string(list_days));
    typed->form.add_to(*command);
    command->footer("Example: tongka certificates crl --new --list root.crl --issuer root.pem --issuer-key root.key");
    command->callback(
        [typed, &clock, &exit_status] { exit_status = certificates::exit_status(run(*typed, clock), "crl"); });
}

} // namespace tongka::cli::certificates
